import { createHash } from 'node:crypto';
import { CancelTimer } from '../../clock';
import { JsonObject } from '../../json';
import { randomUuid } from '../../random';
import { ServiceContext } from '../service-context';

export interface QueueSettings {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilitySeconds: number;
  readonly delaySeconds: number;
  readonly waitSeconds: number;
  readonly maxMessageBytes: number;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceives: number };
}

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly md5: string;
  readonly attributes: JsonObject;
  readonly sentAt: number;
  receives: number;
  firstReceivedAt?: number;
  receipt?: string;
  /** The queue that gave it up. */
  readonly deadLetterSource?: string;
}

/** Messages that are visible, delayed, or in flight. */
export class Queue {
  private ready: Message[] = [];
  private readonly held = new Map<string, { readonly message: Message; readonly cancel: CancelTimer }>();
  private delayed = 0;
  private readonly listeners = new Set<() => void>();

  /** @param giveUp takes a message that was received too often. */
  constructor(
    public readonly settings: QueueSettings,
    private readonly context: ServiceContext,
    private readonly giveUp: (message: Message) => void,
  ) {}

  public get counts() {
    return { ready: this.ready.length, held: this.held.size, delayed: this.delayed };
  }

  /** Called whenever a message may be received. Returns how to stop listening. */
  public onReady(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  public send(body: string, attributes: JsonObject, delaySeconds = this.settings.delaySeconds): Message {
    const { clock, random } = this.context;
    const message: Message = { id: randomUuid(random), body, md5: md5(body), attributes, sentAt: clock.now(), receives: 0 };
    this.add(message, delaySeconds);
    return message;
  }

  public add(message: Message, delaySeconds = 0): void {
    if (delaySeconds === 0) {
      this.makeReady(message);
      return;
    }
    this.delayed++;
    this.context.clock.after(delaySeconds * 1000, () => {
      this.delayed--;
      this.makeReady(message);
    });
  }

  /** Hands out messages; they stay away from others until their visibility ends. */
  public receive(max: number, visibilitySeconds = this.settings.visibilitySeconds): Message[] {
    const received: Message[] = [];
    while (received.length < max && this.ready.length > 0) {
      const message = this.ready.shift()!;
      if (this.settings.redrive && message.receives >= this.settings.redrive.maxReceives) {
        this.giveUp(message);
      } else {
        received.push(this.hand(message, visibilitySeconds));
      }
    }
    return received;
  }

  public delete(receipt: string): void {
    this.held.get(receipt)?.cancel();
    this.held.delete(receipt);
  }

  /** Whether the message of this receipt handle is in flight. */
  public changeVisibility(receipt: string, seconds: number): boolean {
    const held = this.held.get(receipt);
    if (!held) {
      return false;
    }
    this.delete(receipt);
    this.hold(held.message, seconds);
    return true;
  }

  public purge(): void {
    this.ready = [];
    [...this.held.keys()].forEach((receipt) => this.delete(receipt));
  }

  /** Messages that are not in flight, oldest first, without receiving them. */
  public peek(): readonly Message[] {
    return this.ready;
  }

  private hand(message: Message, visibilitySeconds: number): Message {
    message.receives++;
    message.firstReceivedAt ??= this.context.clock.now();
    message.receipt = randomUuid(this.context.random);
    this.hold(message, visibilitySeconds);
    return { ...message };
  }

  private hold(message: Message, seconds: number): void {
    const receipt = message.receipt!;
    if (seconds === 0) {
      this.makeReady(message);
      return;
    }
    const cancel = this.context.clock.after(seconds * 1000, () => {
      this.held.delete(receipt);
      this.makeReady(message);
    });
    this.held.set(receipt, { message, cancel });
  }

  private makeReady(message: Message): void {
    this.ready.push(message);
    this.listeners.forEach((listener) => listener());
  }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
