import {
  CfnResource, Duration, aws_apigatewayv2 as apigwv2, aws_cloudwatch as cloudwatch, aws_dynamodb as dynamodb, aws_lambda as lambda,
  aws_logs as logs, aws_sqs as sqs, interfaces,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { functionResource } from './function-resource';
import { WatchList } from '../watch-list';

/** Something to watch, with the name to show. @internal */
export interface Watched {
  readonly name: string;
  /** The path of its construct, which identifies it. */
  readonly path: string;
  /** The value of the dimension of its metrics. */
  readonly id: string;
}

/** @internal */
export interface WatchedFunction extends Watched {
  /** Unless it was imported. */
  readonly resource?: lambda.CfnFunction;
}

/** @internal */
export interface WatchedTable extends Watched {
  /** The operations whose system errors count. */
  readonly operations: string[];
}

/**
 * What there is to watch at this moment: what was registered, and then what is inside the workflow and was not.
 *
 * Parts can be added until the app is synthesized.
 *
 * @internal
 */
export class WatchedParts {
  constructor(private readonly list: WatchList) {}

  /** The functions, without those of the team that steps invoke. */
  public get functions(): WatchedFunction[] {
    const listed = [...this.list._functions].map(([fn, name]) => {
      const resource = functionResource(fn);
      return { name, path: fn.node.path, id: resource?.ref ?? fn.functionName, resource };
    });
    const found = this.unlisted<lambda.CfnFunction>('AWS::Lambda::Function', listed.map(({ resource }) => resource))
      .map(({ name, resource }) => ({ name, path: resource.node.path, id: resource.ref, resource }));
    return [...listed, ...found];
  }

  /** The functions that steps invoke, by the first state that does. */
  public get stepFunctions(): [fn: lambda.IFunction, stateName: string][] {
    return [...this.list._stepFunctions];
  }

  public get tables(): WatchedTable[] {
    const { _tables: tables } = this.list;
    const listed = [...tables].map(([table, { name, operations }]) => ({ name, path: table.node.path, id: table.tableName, operations }));
    const found = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'].flatMap((type) =>
      this.unlisted<dynamodb.CfnTable | dynamodb.CfnGlobalTable>(type, resourcesOf(tables.keys())))
      .map(({ name, resource }) => ({ name, path: resource.node.path, id: resource.ref, operations: [] }));
    return [...listed, ...found];
  }

  /** The queues that orders wait in. */
  public get queues(): Watched[] {
    return watchedQueues(this.list._queues);
  }

  public get deadLetterQueues(): Watched[] {
    return watchedQueues(this.list._deadLetterQueues);
  }

  /** Queues whose purpose is not known. */
  public get otherQueues(): Watched[] {
    const { _queues: queues, _deadLetterQueues: deadLetterQueues } = this.list;
    return this.unlisted<sqs.CfnQueue>('AWS::SQS::Queue', resourcesOf([...queues.keys(), ...deadLetterQueues.keys()]))
      .map(({ name, resource }) => ({ name, path: resource.node.path, id: resource.attrQueueName }));
  }

  public get httpApis(): Watched[] {
    const { _httpApis: apis } = this.list;
    const listed = [...apis].map(([api, name]) => ({ name, path: api.node.path, id: api.apiId }));
    const found = this.unlisted<apigwv2.CfnApi>('AWS::ApiGatewayV2::Api', resourcesOf(apis.keys()))
      .filter(({ resource }) => resource.protocolType !== 'WEBSOCKET')
      .map(({ name, resource }) => ({ name, path: resource.node.path, id: resource.ref }));
    return [...listed, ...found];
  }

  /** The alarms to which actions can be added. */
  public get alarms(): cloudwatch.AlarmBase[] {
    return [...this.list._alarms, ...this.unlistedAlarms.flatMap((resource) => {
      const alarm = madeBy(resource);
      return alarm === resource ? [] : [alarm as cloudwatch.Alarm];
    })];
  }

  /** All alarms, those that are resources only among them. */
  public get alarmRefs(): interfaces.aws_cloudwatch.IAlarmRef[] {
    return [...this.list._alarms, ...this.unlistedAlarms];
  }

  /** The log groups of the functions that reserve stock, by the names of their steps. */
  public get reservations(): [stepName: string, logGroup: logs.ILogGroup][] {
    return [...this.list._reservations];
  }

  /** The function on the stream of the orders. */
  public get publisher(): lambda.IFunction | undefined {
    return this.list._publisher;
  }

  /** The stage that connections of the status feed are made to. */
  public get webSocketStage(): apigwv2.IWebSocketStage | undefined {
    return this.list._webSocketStage;
  }

  /** The function that looks for overdue orders, and how often. */
  public get sweeper(): { readonly function: lambda.IFunction; readonly interval: Duration } | undefined {
    return this.list._sweeper;
  }

  /** Whether intakes start executions. */
  public get hasIntakes(): boolean {
    return this.list._hasIntakes;
  }

  private get unlistedAlarms(): cloudwatch.CfnAlarm[] {
    return this.unlisted<cloudwatch.CfnAlarm>('AWS::CloudWatch::Alarm', resourcesOf(this.list._alarms)).map(({ resource }) => resource);
  }

  private unlisted<T extends CfnResource>(type: string, listed: (IConstruct | undefined)[]): { name: string; resource: T }[] {
    return this.list._scope.node.findAll()
      .filter((node): node is T => CfnResource.isCfnResource(node) && node.cfnResourceType === type && !listed.includes(node))
      .map((resource) => ({ name: this.list._pathOf(madeBy(resource)), resource }));
  }
}

function watchedQueues(queues: Map<sqs.IQueue, string>): Watched[] {
  return [...queues].map(([queue, name]) => ({ name, path: queue.node.path, id: queue.queueName }));
}

function resourcesOf(parts: Iterable<IConstruct>): (IConstruct | undefined)[] {
  return [...parts].map(({ node }) => node.defaultChild);
}

/** The construct of a higher level, if the resource belongs to one. */
function madeBy(resource: CfnResource): IConstruct {
  const { scope } = resource.node;
  return scope?.node.defaultChild === resource ? scope : resource;
}
