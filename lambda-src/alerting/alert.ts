import type { SNSMessage } from 'aws-lambda';
import { Link, alarmLinks, executionLinks } from './console-links';
import { plainText } from './plain-text';

/** An alert as its receiver shows it: each text is one line from a field that may be shown. */
export interface Alert {
  readonly kind: string;
  /** What the alert is about: an order's id, an alarm's name. */
  readonly subject: string;
  readonly title: string;
  readonly step?: string;
  readonly facts: ReadonlyArray<readonly [name: string, value: string]>;
  readonly text: string;
  readonly links: readonly Link[];
  readonly at: number;
  /** The version of the order at that time. */
  readonly version?: number;
  /** Whether it reports the end of a problem. */
  readonly isResolved: boolean;
  /** Equal for alerts that report the same event. */
  readonly deduplicationKey: string;
}

/** The workflow that the alerts come from. */
export interface Source {
  readonly workflow: string;
  readonly logGroup?: string;
}

type Fields = Readonly<Record<string, unknown>>;

const TEXT = 3_000;
const FACT = 300;
const NAME = 100;
/** As long as CloudWatch allows: in a shorter text two names could become equal. */
const ALARM_NAME = 255;

const TITLES: Readonly<Record<string, (order: string, step: string) => string>> = {
  'order-failed': (order, step) => `Order ${order} failed${step && ` at ${step}`}`,
  'compensation-failed': (order, step) => `Order ${order} needs attention${step && `: ${step} was not undone`}`,
  'closing-step-failed': (order, step) => `Order ${order} is completed${step && `, but ${step} failed`}`,
  'execution-interrupted': (order) => `The execution of order ${order} was interrupted`,
  'order-rejected': (order) => `Order ${order} was rejected`,
  'order-repaired': (order) => `Order ${order} was repaired`,
};

/** Parses a message of the topic: an alert of the workflow, a CloudWatch alarm, or another message, of which only the subject is shown. */
export function parseAlert(message: SNSMessage, source: Source): Alert {
  const fields = fieldsOf(message.Message);
  if (fields.kind !== undefined) return ofOrder(message, fields, source);
  if (fields.AlarmName !== undefined) return ofAlarm(message, fields);
  return {
    kind: 'other',
    subject: message.MessageId,
    title: plainText(message.Subject, NAME) || 'The topic received a message that is no alert',
    facts: [],
    text: '',
    links: [],
    at: timeOf(undefined, message),
    isResolved: false,
    deduplicationKey: message.MessageId,
  };
}

function ofOrder(message: SNSMessage, fields: Fields, { logGroup }: Source): Alert {
  const kind = plainText(fields.kind, NAME);
  const orderId = plainText(fields.orderId, NAME);
  const step = plainText(fields.step, NAME);
  const at = timeOf(fields.at, message);
  const title = Object.hasOwn(TITLES, kind) ? TITLES[kind](orderId, step) : `Order ${orderId}: ${kind}`;
  return {
    kind,
    subject: orderId,
    title,
    step,
    facts: facts([['Status', fields.status], ['Step', step], ['Error', fields.error], ['At', new Date(at).toISOString()]]),
    text: plainText(messageOf(fields.cause), TEXT),
    links: executionLinks({ orderId, execution: fields.execution, at, logGroup }),
    at,
    version: Number.isInteger(fields.version) ? Number(fields.version) : undefined,
    isResolved: kind === 'order-repaired',
    // A failure that comes back after a retry has another version.
    deduplicationKey: JSON.stringify([kind, step, fields.version]),
  };
}

function ofAlarm(message: SNSMessage, fields: Fields): Alert {
  const name = plainText(fields.AlarmName, ALARM_NAME);
  const state = plainText(fields.NewStateValue, NAME);
  const at = timeOf(fields.StateChangeTime, message);
  const description = plainText(fields.AlarmDescription, FACT);
  return {
    kind: 'alarm',
    subject: name,
    title: `${state}: ${description || plainText(name, NAME)}`,
    facts: facts([['Alarm', name], ['State', state], ['At', new Date(at).toISOString()]]),
    text: plainText(fields.NewStateReason, TEXT),
    links: alarmLinks(fields.AlarmArn),
    at,
    isResolved: state === 'OK',
    // Each change of state is an alert of its own.
    deduplicationKey: JSON.stringify(['alarm', state, at]),
  };
}

/** The cause of a function's error is JSON with a stack trace, often truncated: only its message, or the rest of it, is shown. */
function messageOf(cause: unknown): unknown {
  const errorMessage = typeof cause === 'string' && cause.startsWith('{') && /"errorMessage":"((?:[^"\\]|\\u[\da-f]{4}|\\[^u])*)/i.exec(cause)?.[1];
  try {
    return errorMessage ? JSON.parse(`"${errorMessage}"`) : cause;
  } catch {
    return cause;
  }
}

function fieldsOf(text: string): Fields {
  try {
    const fields: unknown = JSON.parse(text);
    return typeof fields === 'object' && fields !== null ? fields as Fields : {};
  } catch {
    return {};
  }
}

function facts(all: Array<[name: string, value: unknown]>): Array<[name: string, value: string]> {
  return all.map(([name, value]): [string, string] => [name, plainText(value, FACT)]).filter(([, value]) => value);
}

function timeOf(at: unknown, message: SNSMessage): number {
  return [at, message.Timestamp].map(time => Date.parse(String(time))).find(time => !Number.isNaN(time)) ?? 0;
}
