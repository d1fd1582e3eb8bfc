import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

/** A notice of a failure, in the form of those that the saga publishes itself. */
export interface Notice {
  readonly kind: 'order-failed' | 'execution-interrupted' | 'compensation-failed';
  readonly orderId: string;
  readonly status?: string;
  readonly version?: number;
  readonly step: string;
  /** All steps that are concerned, where there can be more than one. */
  readonly steps?: readonly string[];
  readonly error: string;
  readonly cause: string;
  readonly execution?: string;
}

const SUBJECT_LENGTH = 99;
/** What SNS refuses in a subject, and the whole message with it. */
const UNPRINTABLE = /[^ -~]/g;

/** The topic of failures. */
export class FailureTopic {
  public constructor(private readonly client: Pick<SNSClient, 'send'>, private readonly topicArn: string, private readonly now: () => number) {}

  public async publish(notice: Notice): Promise<void> {
    const { kind, orderId, status, version, step, steps, error, cause, execution } = notice;
    const at = new Date(this.now()).toISOString();
    await this.client.send(new PublishCommand({
      TopicArn: this.topicArn,
      Subject: `${kind}: ${orderId}`.replace(UNPRINTABLE, '?').slice(0, SUBJECT_LENGTH),
      Message: JSON.stringify({ kind, orderId, status, version, step, steps: steps ?? [step], error, cause, execution, at }),
      MessageAttributes: { kind: text(kind), step: steps ? texts(steps) : text(step), error: text(error) },
    }));
  }
}

function text(value: string) {
  return { DataType: 'String', StringValue: value };
}

function texts(values: readonly string[]) {
  return { DataType: 'String.Array', StringValue: JSON.stringify(values) };
}
