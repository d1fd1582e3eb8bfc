import {
  Duration, aws_apigatewayv2 as apigwv2, aws_cloudwatch as cloudwatch, aws_dynamodb as dynamodb, aws_lambda as lambda, aws_logs as logs,
  aws_sqs as sqs,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Under which a construct keeps its list; the same for every copy of the library. */
const LIST = Symbol.for('cdk-order-workflow.WatchList');

/**
 * How a table is watched.
 */
export interface WatchedTableOptions {
  /**
   * The operations whose system errors count, such as `GetItem`: DynamoDB counts its errors by operation.
   *
   * @default - none: only throttled requests count
   */
  readonly operations?: string[];
}

/**
 * Lists what the monitoring of a workflow watches: each part registers what it makes, under the name to show.
 *
 * A function, queue, table, HTTP API or alarm inside the workflow that is not registered is found by its type, and shown under its path.
 */
export class WatchList {
  /**
   * Returns the list of the nearest enclosing workflow; outside of a workflow, a list that is not read.
   *
   * @param scope the construct that makes the part
   */
  public static of(scope: IConstruct): WatchList {
    const scopes: ListedConstruct[] = scope.node.scopes;
    for (const enclosing of scopes.reverse()) {
      const list = enclosing[LIST];
      if (list) {
        return list;
      }
    }
    return new WatchList(scope);
  }

  /**
   * Opens the list of everything that is made inside a construct; a workflow does this for itself.
   *
   * @param scope the construct
   */
  public static open(scope: IConstruct): WatchList {
    const list = new WatchList(scope);
    Object.defineProperty(scope, LIST, { value: list });
    return list;
  }

  /** Where parts are looked for that were not registered. @internal */
  public readonly _scope: IConstruct;

  /** @internal */
  public readonly _functions = new Map<lambda.IFunction, string>();

  /** @internal */
  public readonly _stepFunctions = new Map<lambda.IFunction, string>();

  /** @internal */
  public readonly _tables = new Map<dynamodb.ITable, { readonly name: string; readonly operations: string[] }>();

  /** @internal */
  public readonly _queues = new Map<sqs.IQueue, string>();

  /** @internal */
  public readonly _deadLetterQueues = new Map<sqs.IQueue, string>();

  /** @internal */
  public readonly _httpApis = new Map<apigwv2.IHttpApi, string>();

  /** @internal */
  public readonly _alarms = new Set<cloudwatch.AlarmBase>();

  /** The log groups of the functions that reserve stock, by the names of their steps. @internal */
  public readonly _reservations = new Map<string, logs.ILogGroup>();

  /** The function on the stream of the orders. @internal */
  public _publisher?: lambda.IFunction;

  /** The stage that connections of the status feed are made to. @internal */
  public _webSocketStage?: apigwv2.IWebSocketStage;

  /** The function that looks for overdue orders, and how often. @internal */
  public _sweeper?: { readonly function: lambda.IFunction; readonly interval: Duration };

  /** Whether intakes start executions. @internal */
  public _hasIntakes = false;

  private constructor(scope: IConstruct) {
    this._scope = scope;
  }

  /**
   * Watches a function: its errors, throttled calls and cost.
   *
   * @param name the name to show
   * @param fn the function
   */
  public function(name: string, fn: lambda.IFunction): void {
    this._functions.set(fn, name);
  }

  /**
   * Watches a table: its throttled requests and cost.
   *
   * @param name the name to show
   * @param table the table
   * @param options how to watch it
   */
  public table(name: string, table: dynamodb.ITable, options: WatchedTableOptions = {}): void {
    this._tables.set(table, { name, operations: options.operations ?? [] });
  }

  /**
   * Watches a queue that orders wait in: the age of the oldest.
   *
   * @param name the name to show
   * @param queue the queue
   */
  public queue(name: string, queue: sqs.IQueue): void {
    this._queues.set(queue, name);
  }

  /**
   * Watches a dead-letter queue: how many messages are in it.
   *
   * @param name the name to show
   * @param queue the queue
   * @param alarm its alarm, if it has one
   */
  public deadLetterQueue(name: string, queue: sqs.IQueue, alarm?: cloudwatch.AlarmBase): void {
    this._deadLetterQueues.set(queue, name);
    if (alarm) {
      this.alarm(alarm);
    }
  }

  /**
   * Watches an HTTP API that orders come from: its requests, errors and latency.
   *
   * @param name the name to show
   * @param api the API
   */
  public httpApi(name: string, api: apigwv2.IHttpApi): void {
    this._httpApis.set(api, name);
  }

  /**
   * Shows an alarm with those of the workflow.
   *
   * @param alarm the alarm
   */
  public alarm(alarm: cloudwatch.AlarmBase): void {
    this._alarms.add(alarm);
  }

  /** A function behind a step, by the first state that calls it. @internal */
  public _stepFunction(stateName: string, fn: lambda.IFunction): void {
    if (!this._stepFunctions.has(fn)) {
      this._stepFunctions.set(fn, stateName);
    }
  }

  /** The name to show of what was made without one: its path within the workflow. @internal */
  public _pathOf(part: IConstruct): string {
    const { path } = this._scope.node;
    return part.node.path.startsWith(`${path}/`) ? part.node.path.slice(path.length + 1) : part.node.path;
  }
}

type ListedConstruct = IConstruct & { readonly [LIST]?: WatchList };
