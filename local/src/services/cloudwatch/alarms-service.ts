import { Alarm, alarmNotification, AlarmState } from './alarm-notification';
import { CreatedResource } from '../../assembly';
import { deliver } from '../delivery';
import { Resource } from '../resource';
import { Operation, ResourceType, Service } from '../service';
import { ServiceContext } from '../service-context';

/** CloudWatch: nothing is measured here; alarms change their state when a test says so, and notify as they do on AWS. */
export class AlarmsService implements Service {
  public readonly name = 'monitoring';
  public readonly operations: Readonly<Record<string, Operation>> = {};
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::CloudWatch::Alarm': {
      used: ['AlarmName', 'AlarmDescription', 'ActionsEnabled', 'AlarmActions', 'OKActions', 'InsufficientDataActions'],
      ignored: [
        'ComparisonOperator', 'DatapointsToAlarm', 'Dimensions', 'EvaluateLowSampleCountPercentile', 'EvaluationPeriods', 'ExtendedStatistic',
        'MetricName', 'Metrics', 'Namespace', 'Period', 'Statistic', 'Tags', 'Threshold', 'ThresholdMetricId', 'TreatMissingData', 'Unit',
      ],
      create: (resource) => this.createAlarm(resource),
    },
  };

  private readonly alarms = new Map<string, Alarm>();

  constructor(private readonly context: ServiceContext) {}

  /** Puts an alarm into a state; its actions for that are carried out in the name of CloudWatch. */
  public async setState(name: string, state: AlarmState, reason: string): Promise<void> {
    const alarm = this.alarms.get(name)!;
    const notification = alarmNotification(alarm, state, reason, new Date(this.context.clock.now()), this.context);
    for (const action of alarm.actions[state]) {
      await deliver(this.context.calls, this.callerOf(alarm), action, notification);
    }
  }

  private callerOf({ name, arn }: Alarm) {
    return { kind: 'service', name: `cloudwatch:${name}`, as: { service: 'cloudwatch.amazonaws.com', sourceArn: arn } } as const;
  }

  private createAlarm(resource: Resource): CreatedResource {
    const name = resource.name('AlarmName');
    const arn = resource.arn('cloudwatch', `alarm:${name}`);
    const actions = (property: string) => (resource.get<boolean>('ActionsEnabled') === false ? [] : resource.get<string[]>(property) ?? []);
    this.alarms.set(name, {
      name,
      arn,
      description: resource.get('AlarmDescription'),
      actions: { ALARM: actions('AlarmActions'), OK: actions('OKActions'), INSUFFICIENT_DATA: actions('InsufficientDataActions') },
    });
    return { ref: name, attributes: { Arn: arn } };
  }
}
