import { Clock } from '../clock';

/** A message to a recipient outside of AWS: it is kept here and not sent. */
export interface SentMessage {
  readonly at: Date;
  /** How it would have gone out: email, email-json, sms, http, https, slack or pagerduty. */
  readonly channel: string;
  readonly from?: string;
  readonly to: readonly string[];
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
}

/** All messages to recipients outside of AWS. */
export class Outbox {
  public readonly messages: SentMessage[] = [];
  private readonly listeners: Array<(message: SentMessage) => void> = [];

  constructor(private readonly clock: Clock) {}

  public add(message: Omit<SentMessage, 'at'>): void {
    const sent = { at: new Date(this.clock.now()), ...message };
    this.messages.push(sent);
    this.listeners.forEach((listener) => listener(sent));
  }

  public onSent(listener: (message: SentMessage) => void): void {
    this.listeners.push(listener);
  }
}
