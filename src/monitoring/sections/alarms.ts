import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { WatchedParts } from '../watched-parts';

/** The state of each alarm. @internal */
export function alarmsSection({ alarmRefs: alarms }: WatchedParts): cloudwatch.IWidget[][] {
  if (alarms.length === 0) {
    return [];
  }
  const inARow = 6;
  return [[new cloudwatch.AlarmStatusWidget({
    title: 'Alarms', alarms, width: 24, height: 1 + Math.ceil(alarms.length / inARow),
  })]];
}
