import { aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OUT_OF_STOCK_METRIC, TRANSITIONS_METRIC } from './order-metrics';
import { isStandard } from './standard';
import { OrderProcessingWorkflow } from '../order-processing-workflow';
import { OrderFunction } from '../private/order-function';

/**
 * Metrics that only the logs know.
 *
 * @internal
 */
export class LogMetrics extends Construct {
  constructor(scope: Construct, id: string, private readonly workflow: OrderProcessingWorkflow) {
    super(scope, id);
    const { saga } = workflow;
    if (isStandard(workflow)) {
      // What CloudWatch counts of transitions is that of the whole account.
      this.count('StateTransitions', TRANSITIONS_METRIC, saga.logGroup, logs.FilterPattern.all(
        logs.FilterPattern.stringValue('$.type', '=', '*StateEntered'),
        this.ofThisWorkflow('$.execution_arn'),
      ));
    }
    for (const reserve of saga.node.findAll().filter((node): node is OrderFunction => node instanceof OrderFunction && node.bundle === 'steps/reserve-inventory')) {
      const stepName = reserve.node.scope!.node.id;
      this.count(`${stepName}OutOfStock`, OUT_OF_STOCK_METRIC, reserve.logGroup, logs.FilterPattern.all(
        logs.FilterPattern.stringValue('$.step', '=', stepName),
        logs.FilterPattern.stringValue('$.outcome', '=', 'rejected'),
        this.ofThisWorkflow('$.execution'),
      ));
    }
  }

  /** A log group can be shared. */
  private ofThisWorkflow(field: string): logs.JsonPattern {
    return logs.FilterPattern.stringValue(field, '=', `*:${this.workflow.stateMachine.stateMachineName}:*`);
  }

  private count(id: string, metricName: string, logGroup: logs.ILogGroup, filterPattern: logs.IFilterPattern): void {
    const { namespace } = this.workflow.saga.metricOrdersRejected();
    new logs.MetricFilter(this, id, { logGroup, metricNamespace: namespace, metricName, filterPattern, defaultValue: 0 });
  }
}
