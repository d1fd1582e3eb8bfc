import { Lazy, aws_lambda as lambda, aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { WorkflowParts } from './workflow-parts';
import { OrderProcessingWorkflow } from '../order-processing-workflow';

/** @internal */
export interface SavedQueriesProps {
  readonly workflow: OrderProcessingWorkflow;
  readonly parts: WorkflowParts;
}

/**
 * Queries for the logs of the state machine and of the functions, saved in a folder of the workflow.
 *
 * @internal
 */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, private readonly props: SavedQueriesProps) {
    super(scope, id);
    const stateMachine = [props.workflow.saga.logGroup.logGroupName];
    const functions = () => functionLogGroups(props.parts);
    this.save('OneOrder', 'The story of one order', () => [...stateMachine, ...functions()], [
      'fields @timestamp, coalesce(what, type) as event, coalesce(step, details.name) as state, status, error, message, traceId',
      'filter orderId = "order-123" or execution_arn like /:order-123(:|$|-[0-9a-z]+-*[0-9][0-9]$)/',
      'sort @timestamp asc',
      'limit 1000',
    ]);
    this.save('SlowestSteps', 'Slowest steps', () => stateMachine, [
      'filter ispresent(details.name)',
      'stats max(event_timestamp) - min(event_timestamp) as milliseconds by execution_arn, details.name as state',
      'stats count(*) as orders, pct(milliseconds, 50) as p50, pct(milliseconds, 95) as p95, max(milliseconds) as slowest by state',
      'sort p95 desc',
    ]);
    this.save('Failures', 'Failures by error', functions, [
      'filter level = "ERROR"',
      'stats count(*) as failures, latest(orderId) as lastOrder, latest(@timestamp) as lastTime by coalesce(error, errorType), what, step',
      'sort failures desc',
    ]);
    this.save('Rejections', 'Rejections by status', functions, [
      'filter outcome = "rejected"',
      'stats count_distinct(orderId) as orders, latest(orderId) as lastOrder by status, step',
      'sort orders desc',
    ]);
    if (props.parts.sweeper) {
      this.save('Sweeps', 'What looking for overdue orders came upon', () => logGroupOf(props.parts.sweeper!), [
        'fields @timestamp, OverdueOrders, OrdersNeedingAttention, OrdersRecovered, OrdersStarted',
        'filter ispresent(OverdueOrders)',
        'sort @timestamp desc',
        'limit 200',
      ]);
    }
  }

  /**
   * The construct of a higher level is left aside: how it is told of a query has changed, and it takes no list of groups that is
   * known only when the app is synthesized, when the workflow has all its functions.
   */
  private save(id: string, title: string, logGroups: () => string[], commands: string[]): void {
    new logs.CfnQueryDefinition(this, id, {
      name: `${this.props.workflow.node.path}/${title}`,
      queryString: commands.join('\n| '),
      logGroupNames: Lazy.list({ produce: logGroups }),
    });
  }
}

function functionLogGroups({ functions }: WorkflowParts): string[] {
  return [...new Set(functions.flatMap(({ part }) => logGroupOf(part)))];
}

/** A function of a team's own part may have no group until it runs; a query needs one that is there. */
function logGroupOf({ loggingConfig }: lambda.CfnFunction): string[] {
  const { logGroup } = (loggingConfig ?? {}) as lambda.CfnFunction.LoggingConfigProperty;
  return logGroup ? [logGroup] : [];
}
