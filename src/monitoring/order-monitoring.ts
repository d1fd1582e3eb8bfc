import { Aspects, aws_cloudwatch as cloudwatch, aws_logs as logs, aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EstimatedCost } from './estimated-cost';
import { LogMetrics } from './log-metrics';
import { MonitoringOptions } from './monitoring-options';
import { OrderAlarms } from './order-alarms';
import { OrderDashboard } from './order-dashboard';
import { OrderMetrics } from './order-metrics';
import { SavedQueries } from './saved-queries';
import { alarmsSection } from './sections/alarms';
import { costSection } from './sections/cost';
import { functionsSection } from './sections/functions';
import { intakesSection } from './sections/intakes';
import { notificationsSection } from './sections/notifications';
import { ordersSection } from './sections/orders';
import { WatchedParts } from './watched-parts';
import { WatchList } from '../watch-list';

/**
 * Properties for OrderMonitoring.
 */
export interface OrderMonitoringProps extends MonitoringOptions {
  /**
   * The name of the workflow, which is the folder of the saved queries.
   */
  readonly workflowName: string;

  /**
   * The state machine that runs the orders.
   */
  readonly stateMachine: sfn.StateMachine;

  /**
   * The log group of the state machine.
   */
  readonly logGroup: logs.ILogGroup;

  /**
   * The metrics of the orders.
   */
  readonly metrics: OrderMetrics;

  /**
   * The SNS topic that the alarms notify.
   */
  readonly failureTopic: sns.ITopic;
}

/**
 * The dashboard, the alarms and the saved queries of a workflow.
 *
 * It watches what is in the `WatchList` of the enclosing workflow when the app is synthesized.
 */
export class OrderMonitoring extends Construct {
  /**
   * The dashboard, unless it was turned off; you can add widgets at its end.
   */
  public readonly dashboard?: cloudwatch.Dashboard;

  private readonly parts: WatchedParts;
  private readonly watching: { watch(): void }[] = [];

  /**
   * @param scope the parent
   * @param id the id within the parent
   * @param props properties
   */
  constructor(scope: Construct, id: string, props: OrderMonitoringProps) {
    super(scope, id);
    const { workflowName, stateMachine, logGroup, metrics, failureTopic: topic } = props;
    const parts = new WatchedParts(WatchList.of(this));
    this.parts = parts;
    this.watching.push(new LogMetrics(this, 'LogMetrics', { stateMachine, logGroup, namespace: metrics.metricNamespace, parts }));
    if (props.alarms ?? true) {
      this.watching.push(new OrderAlarms(this, 'Alarms', { stateMachine, metrics, topic, parts, thresholds: props.thresholds ?? {} }));
    }
    if (props.savedQueries ?? true) {
      this.watching.push(new SavedQueries(this, 'SavedQueries', { workflowName, logGroup, parts }));
    }
    if (props.dashboard ?? true) {
      const cost = new EstimatedCost({ stateMachine, metrics, parts, prices: props.prices ?? {} });
      this.dashboard = new OrderDashboard(this, 'Dashboard', props.dashboardName, () => [
        ...ordersSection({ workflowName, stateMachine, metrics, parts }),
        ...alarmsSection(parts),
        ...intakesSection(parts),
        ...functionsSection(parts),
        ...notificationsSection(topic, parts),
        ...costSection(cost),
      ]);
    }
    // Parts can be added until then; after it, no resource can be.
    Aspects.of(this).add({ visit: (node) => node === this && this.watch() });
  }

  /**
   * All alarms of the workflow, those of its dead-letter queues among them: to add actions of your own.
   *
   * Parts that are added to the workflow afterwards may add alarms.
   */
  public get alarms(): cloudwatch.AlarmBase[] {
    this.watch();
    return this.parts.alarms;
  }

  private watch(): void {
    this.watching.forEach((one) => one.watch());
  }
}
