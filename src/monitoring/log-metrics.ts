import { aws_logs as logs, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BUSY_METRIC, OUT_OF_STOCK_METRIC, TRANSITIONS_METRIC } from './order-metrics';
import { isStandard } from './standard';
import { WatchedParts } from './watched-parts';

/** @internal */
export interface LogMetricsProps {
  readonly stateMachine: sfn.StateMachine;
  /** That of the state machine. */
  readonly logGroup: logs.ILogGroup;
  readonly namespace: string;
  readonly parts: WatchedParts;
}

/**
 * Metrics that metric filters make of the logs.
 *
 * @internal
 */
export class LogMetrics extends Construct {
  constructor(scope: Construct, id: string, private readonly props: LogMetricsProps) {
    super(scope, id);
    if (isStandard(props.stateMachine)) {
      // The transitions that CloudWatch counts are those of the whole account.
      this.count('StateTransitions', TRANSITIONS_METRIC, props.logGroup, logs.FilterPattern.all(
        logs.FilterPattern.stringValue('$.type', '=', '*StateEntered'),
        this.ofThisWorkflow('$.execution_arn'),
      ));
    }
  }

  /** Counts for the parts that have none yet. */
  public watch(): void {
    for (const [stepName, logGroup] of this.props.parts.reservations) {
      this.countOutcome(`${stepName}OutOfStock`, OUT_OF_STOCK_METRIC, 'rejected', stepName, logGroup);
      this.countOutcome(`${stepName}Busy`, BUSY_METRIC, 'busy', stepName, logGroup);
    }
  }

  private countOutcome(id: string, metricName: string, outcome: string, stepName: string, logGroup: logs.ILogGroup): void {
    if (!this.node.tryFindChild(id)) {
      this.count(id, metricName, logGroup, logs.FilterPattern.all(
        logs.FilterPattern.stringValue('$.step', '=', stepName),
        logs.FilterPattern.stringValue('$.outcome', '=', outcome),
        this.ofThisWorkflow('$.execution'),
      ));
    }
  }

  /** A log group can be shared. */
  private ofThisWorkflow(field: string): logs.JsonPattern {
    return logs.FilterPattern.stringValue(field, '=', `*:${this.props.stateMachine.stateMachineName}:*`);
  }

  private count(id: string, metricName: string, logGroup: logs.ILogGroup, filterPattern: logs.IFilterPattern): void {
    new logs.MetricFilter(this, id, { logGroup, metricNamespace: this.props.namespace, metricName, filterPattern, defaultValue: 0 });
  }
}
