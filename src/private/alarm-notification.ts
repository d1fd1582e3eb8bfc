import { aws_cloudwatch as cloudwatch, aws_cloudwatch_actions as actions, aws_sns as sns } from 'aws-cdk-lib';

/** The description of an alarm: what is wrong, and which section of the documentation says what to do. @internal */
export function alarmDescription(what: string, section: string): string {
  return `${what}: see "${section}" in docs/operations.md of cdk-order-workflow`;
}

/**
 * Notifies a topic when an alarm begins and when it ends: what it opened elsewhere, such as an incident, can then be closed.
 *
 * @internal
 */
export function notifyOfAlarm(alarm: cloudwatch.Alarm, topic: sns.ITopic, notifiesEnd = true): void {
  const notify = new actions.SnsAction(topic);
  alarm.addAlarmAction(notify);
  if (notifiesEnd) {
    alarm.addOkAction(notify);
  }
}
