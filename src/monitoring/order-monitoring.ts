import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EstimatedCost } from './estimated-cost';
import { LogMetrics } from './log-metrics';
import { MonitoringOptions } from './monitoring-options';
import { OrderAlarms } from './order-alarms';
import { OrderDashboard } from './order-dashboard';
import { SavedQueries } from './saved-queries';
import { alarmsSection } from './sections/alarms';
import { costSection } from './sections/cost';
import { functionsSection } from './sections/functions';
import { intakesSection } from './sections/intakes';
import { ordersSection } from './sections/orders';
import { toldSection } from './sections/told';
import { WorkflowParts } from './workflow-parts';
import { OrderProcessingWorkflow } from '../order-processing-workflow';

/**
 * The monitoring of a workflow.
 */
export interface OrderMonitoringProps extends MonitoringOptions {
  /**
   * The workflow to watch.
   */
  readonly workflow: OrderProcessingWorkflow;
}

/**
 * Shows how a workflow does, and raises alarms when it does not do well.
 *
 * It watches what the workflow really has, and what is added to it later.
 */
export class OrderMonitoring extends Construct {
  /**
   * The dashboard, unless it was turned off; widgets of yours can be added at its end.
   */
  public readonly dashboard?: cloudwatch.Dashboard;

  private readonly parts: WorkflowParts;
  private readonly orderAlarms?: OrderAlarms;

  /**
   * @param scope the parent
   * @param id the id within the parent
   * @param props what to watch, and from where on alarms are raised
   */
  constructor(scope: Construct, id: string, props: OrderMonitoringProps) {
    super(scope, id);
    const { workflow } = props;
    const parts = new WorkflowParts(workflow);
    this.parts = parts;
    new LogMetrics(this, 'LogMetrics', workflow);
    if (props.alarms ?? true) {
      this.orderAlarms = new OrderAlarms(this, 'Alarms', { workflow, parts, thresholds: props.thresholds ?? {} });
    }
    if (props.savedQueries ?? true) {
      new SavedQueries(this, 'SavedQueries', { workflow, parts });
    }
    if (props.dashboard ?? true) {
      const cost = new EstimatedCost(workflow, parts, props.prices ?? {});
      this.dashboard = new OrderDashboard(this, 'Dashboard', props.dashboardName, () => [
        ...ordersSection(workflow, parts),
        ...alarmsSection(this.alarms),
        ...intakesSection(parts),
        ...functionsSection(parts),
        ...toldSection(workflow, parts),
        ...costSection(cost),
      ]);
    }
    this._watchNewParts();
  }

  /**
   * All alarms of the workflow, those of its dead-letter queues among them: to add actions of yours.
   */
  public get alarms(): cloudwatch.Alarm[] {
    return this.parts.alarms;
  }

  /** Watches what was added to the workflow. @internal */
  public _watchNewParts(): void {
    this.orderAlarms?.watchNewParts();
  }
}
