import { ResourceName } from './named-resource';
import { Message, Sent } from './sent';
import { SentMessage } from '../services/outbox';

/** What was sent, with the alerts of one workflow. */
export class WorkflowSent {
  constructor(private readonly sent: Sent, private readonly failureTopicArn: string | undefined) {}

  /** The mails of the whole cloud, oldest first. */
  public get mails(): SentMessage[] {
    return this.sent.mails;
  }

  /** What was published to the workflow's failure topic, with the attributes that subscribers filter by. */
  public get alerts(): Message[] {
    return this.failureTopicArn === undefined ? [] : this.sent.to(this.failureTopicArn);
  }

  /** Calls back for each alert from now on. */
  public onAlert(listener: (alert: Message) => void): void {
    if (this.failureTopicArn !== undefined) {
      this.sent.onMessage(this.failureTopicArn, listener);
    }
  }

  /** Calls back for each message in the whole cloud from now on, with the name of the queue or topic. */
  public onMessage(listener: (message: Message, to: string) => void): void {
    this.sent.onAny(listener);
  }

  /** What was sent to a queue or published to a topic, received or not. */
  public messages(queueOrTopic: ResourceName): Message[] {
    return this.sent.messages(queueOrTopic);
  }
}
