import { Lazy, aws_lambda as lambda, aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { functionResource } from './function-resource';
import { WatchedParts } from './watched-parts';
import { fitted } from '../private/fitted';

/** Of a query, its folder included. */
const LONGEST_NAME = 255;

/** @internal */
export interface SavedQueriesProps {
  readonly workflowName: string;
  /** That of the state machine. */
  readonly logGroup: logs.ILogGroup;
  readonly parts: WatchedParts;
}

/**
 * Queries for the logs of the state machine and of the functions, saved in a folder of the workflow.
 *
 * @internal
 */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, private readonly props: SavedQueriesProps) {
    super(scope, id);
    const stateMachine = [props.logGroup.logGroupName];
    const functions = () => functionLogGroups(props.parts);
    this.save('OneOrder', 'One order', () => [...stateMachine, ...functions()], [
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
  }

  /** Adds the query for the sweeper, once there is one. */
  public watch(): void {
    const { sweeper } = this.props.parts;
    if (sweeper && !this.node.tryFindChild('Sweeps')) {
      this.save('Sweeps', 'Sweeps of open orders', () => logGroupOf(functionResource(sweeper.function)), [
        'fields @timestamp, OverdueOrders, OrdersNeedingAttention, OrdersRecovered, OrdersStarted',
        'filter ispresent(OverdueOrders)',
        'sort @timestamp desc',
        'limit 200',
      ]);
    }
  }

  /**
   * The L2 construct is not used: its props changed between versions, and it accepts no list of log groups that is known
   * only when the app is synthesized.
   */
  private save(id: string, title: string, logGroups: () => string[], commands: string[]): void {
    new logs.CfnQueryDefinition(this, id, {
      name: `${fitted(this.props.workflowName.replace(/[:*]/g, '-'), LONGEST_NAME - title.length - 1, this)}/${title}`,
      queryString: commands.join('\n| '),
      logGroupNames: Lazy.list({ produce: logGroups }),
    });
  }
}

function functionLogGroups({ functions }: WatchedParts): string[] {
  return [...new Set(functions.flatMap(({ resource }) => logGroupOf(resource)))];
}

/** A function may have no log group until it is invoked; a query needs one that exists. */
function logGroupOf(resource?: lambda.CfnFunction): string[] {
  const { logGroup } = (resource?.loggingConfig ?? {}) as lambda.CfnFunction.LoggingConfigProperty;
  return logGroup ? [logGroup] : [];
}
