import {
  CfnResource, Fn, aws_apigatewayv2 as apigwv2, aws_cloudwatch as cloudwatch, aws_dynamodb as dynamodb, aws_lambda as lambda, aws_sqs as sqs,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { OrderProcessingWorkflow } from '../order-processing-workflow';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { calledFunction } from '../private/function-task';

/** Something that has a name to show. @internal */
export interface Named<T> {
  readonly name: string;
  readonly part: T;
}

/**
 * What a workflow is made of at this moment: intakes, notifiers and targets can be added at any time.
 *
 * It is found as resources, so that what a team's own intake or notifier makes is seen too.
 *
 * @internal
 */
export class WorkflowParts {
  constructor(private readonly workflow: OrderProcessingWorkflow) {}

  /** The functions that the workflow made. */
  public get functions(): Named<lambda.CfnFunction>[] {
    return this.resources<lambda.CfnFunction>('AWS::Lambda::Function');
  }

  /** The functions behind the steps, by the states that call them; those of the team are among them. */
  public get stepFunctions(): Named<lambda.IFunction>[] {
    const found = new Map<lambda.IFunction, string>();
    for (const node of this.workflow.saga.node.findAll()) {
      const called = calledFunction(node);
      if (called && !found.has(called.function)) {
        found.set(called.function, called.stateName);
      }
    }
    return [...found].map(([part, name]) => ({ name, part }));
  }

  /** The function on the stream of the orders, and what is behind it. */
  public get publisher(): lambda.IFunction | undefined {
    return this.workflow.statusPublisher?.publishFunction;
  }

  /** The function that looks for overdue orders. */
  public get sweeper(): lambda.CfnFunction | undefined {
    return this.functions.find(({ part }) => part.node.path.includes('/Recovery/OrderSweeper/'))?.part;
  }

  /** The tables that the workflow made, and those that were brought. */
  public get tables(): Named<dynamodb.CfnTable | dynamodb.ITable>[] {
    const made = this.resources<dynamodb.CfnTable>('AWS::DynamoDB::Table');
    const isMade = (table: dynamodb.ITable) => made.some(({ part }) => part.node.scope === table);
    const { ordersTable, productsTable } = this.workflow;
    const brought = [{ name: 'Orders', part: ordersTable }, { name: 'Products', part: productsTable }].filter(({ part }) => !isMade(part));
    return [...brought, ...made];
  }

  /** The queues that orders come from. */
  public get intakeQueues(): Named<string>[] {
    return this.resources<lambda.CfnEventSourceMapping>('AWS::Lambda::EventSourceMapping', 'Intakes')
      .filter(({ part }) => part.node.path.includes('/SqsEventSource:'))
      .map(({ name, part }) => ({ name: name.split('/')[0], part: Fn.select(5, Fn.split(':', part.eventSourceArn!)) }));
  }

  /** The queues where something is parked that could not be delivered. */
  public get parkingQueues(): Named<sqs.CfnQueue>[] {
    return this.resources<sqs.CfnQueue>('AWS::SQS::Queue').filter(({ part }) => part.node.scope instanceof DeadLetterQueue);
  }

  /** The APIs that orders come from. */
  public get httpApis(): Named<apigwv2.CfnApi>[] {
    return this.resources<apigwv2.CfnApi>('AWS::ApiGatewayV2::Api', 'Intakes');
  }

  /** The alarms of all parts, those of queues among them. */
  public get alarms(): cloudwatch.Alarm[] {
    return this.resources('AWS::CloudWatch::Alarm').map(({ part }) => part.node.scope as cloudwatch.Alarm);
  }

  private resources<T extends CfnResource>(type: string, within?: string): Named<T>[] {
    const root = within ? this.workflow.node.tryFindChild(within) : this.workflow;
    return (root?.node.findAll() ?? [])
      .filter((node): node is T => CfnResource.isCfnResource(node) && node.cfnResourceType === type)
      .map((part) => ({ name: this.nameOf(part), part }));
  }

  /** The path within the workflow, without what says nothing. */
  private nameOf(part: IConstruct): string {
    return part.node.path.slice(this.workflow.node.path.length + 1)
      .replace(/^(Saga\/Steps|Saga|Intakes|Notifiers|AlertTargets|Tables)\//, '')
      .replace(/\/(Resource|Default)$/, '')
      .replace(/(\/)?(Function|Table|Api)$/, '');
  }
}
