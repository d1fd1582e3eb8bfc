import { Resource } from './resource';

/** The names of FIFO queues and topics end so, and no others. */
const SUFFIX = '.fifo';

/** @param reference the name, ARN or URL of a queue or topic. */
export function isFifo(reference: string): boolean {
  return reference.endsWith(SUFFIX);
}

/**
 * Refuses a FIFO queue or topic for what is sent without a message group: dead letters of EventBridge, Scheduler and Lambda, and results of functions.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function requireStandard(resource: Resource, property: string, arn: unknown, service: string): void {
  if (arn !== undefined && isFifo(String(arn))) {
    throw resource.refuse(property, `names ${String(arn)}, which is FIFO, and ${service} sends no message group`, 'use a standard queue or topic');
  }
}
