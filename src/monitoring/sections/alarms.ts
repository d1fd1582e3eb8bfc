import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';

/** In what state the alarms are. @internal */
export function alarmsSection(alarms: cloudwatch.Alarm[]): cloudwatch.IWidget[][] {
  if (alarms.length === 0) {
    return [];
  }
  const inARow = 6;
  return [[new cloudwatch.AlarmStatusWidget({
    title: 'Alarms', alarms, width: 24, height: 1 + Math.ceil(alarms.length / inARow),
  })]];
}
