import { aws_cloudwatch as cloudwatch, aws_cloudwatch_actions as actions, aws_sns as sns } from 'aws-cdk-lib';

/** What an alarm says: what is wrong, and where it says what to do. @internal */
export function alarmDescription(what: string, section: string): string {
  return `${what}: see "${section}" in docs/operations.md of cdk-order-workflow`;
}

/**
 * Tells a topic when an alarm begins and when it is over: what was opened elsewhere, such as an incident, can be closed then.
 *
 * @internal
 */
export function tellAlarm(alarm: cloudwatch.Alarm, topic: sns.ITopic, tellsEnd = true): void {
  const tell = new actions.SnsAction(topic);
  alarm.addAlarmAction(tell);
  if (tellsEnd) {
    alarm.addOkAction(tell);
  }
}
