import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { WatchedParts } from '../watched-parts';

/** The state of each alarm. @internal */
export function alarmsSection({ alarmArns }: WatchedParts): cloudwatch.IWidget[][] {
  if (alarmArns.length === 0) {
    return [];
  }
  const inARow = 6;
  return [[new cloudwatch.AlarmStatusWidget({
    title: 'Alarms',
    // The widget reads nothing else, and an alarm of a lower level has nothing else.
    alarms: alarmArns.map((alarmArn) => ({ alarmArn }) as cloudwatch.IAlarm),
    width: 24,
    height: 1 + Math.ceil(alarmArns.length / inARow),
  })]];
}
