export type AlarmState = 'ALARM' | 'OK' | 'INSUFFICIENT_DATA';

export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  /** The ARNs that are notified, by the state that begins. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
}

/**
 * What CloudWatch publishes when an alarm changes its state.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function alarmNotification(
  { name, arn, description }: Alarm, state: AlarmState, reason: string, at: Date, { account, region }: { account: string; region: string },
): string {
  return JSON.stringify({
    AlarmName: name,
    AlarmDescription: description ?? null,
    AWSAccountId: account,
    AlarmConfigurationUpdatedTimestamp: timestamp(at),
    NewStateValue: state,
    NewStateReason: reason,
    StateChangeTime: timestamp(at),
    Region: region,
    AlarmArn: arn,
    OldStateValue: state === 'OK' ? 'ALARM' : 'OK',
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    Trigger: {},
  });
}

/** As CloudWatch writes times: `2026-01-01T12:00:00.000+0000`. */
function timestamp(at: Date): string {
  return at.toISOString().replace('Z', '+0000');
}
