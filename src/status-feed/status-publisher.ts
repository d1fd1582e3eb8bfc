import {
  Duration, aws_dynamodb as dynamodb, aws_events as events, aws_kms as kms, aws_lambda as lambda,
  aws_lambda_event_sources as sources, aws_sns as sns, aws_sqs as sqs,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OrderStatusChanged } from './order-status-changed';
import { FunctionSettings } from '../function-settings';
import { OnStatusChangedOptions } from '../order-workflow';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { OrderFunction } from '../private/order-function';
import { ValidationError } from '../private/validation-error';
import { WatchList } from '../watch-list';

/**
 * What tells of changes of status, and where.
 */
export interface StatusPublisherProps {
  /**
   * The table of the orders, with a stream of new and old images.
   */
  readonly ordersTable: dynamodb.ITable;

  /**
   * The name of the workflow in the events.
   */
  readonly workflowName: string;

  /**
   * A bus of yours.
   *
   * @default - a new bus
   */
  readonly eventBus?: events.IEventBus;

  /**
   * The topic that is told when something could not be delivered.
   *
   * @default - the alarms tell nobody
   */
  readonly failureTopic?: sns.ITopic;

  /**
   * How to tune the function.
   *
   * @default - the defaults of `FunctionSettings`
   */
  readonly functionSettings?: FunctionSettings;

  /**
   * The key that encrypts the queue.
   *
   * @default - the key of SQS
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * Tells everyone of a change of status: one function on the stream of the orders table.
 *
 * The workflow only writes its row, so nobody who listens can fail or delay an order.
 */
export class StatusPublisher extends Construct {
  /**
   * The bus that gets an `OrderStatusChanged` event for each change.
   */
  public readonly eventBus: events.IEventBus;

  /**
   * The function on the stream.
   */
  public readonly publishFunction: lambda.Function;

  /**
   * Where records of the stream are parked that could not be published at all.
   */
  public readonly deadLetterQueue: sqs.IQueue;

  private readonly workflowName: string;

  /**
   * @param scope the parent
   * @param id the id within the parent
   * @param props what to tell of, and where
   */
  constructor(scope: Construct, id: string, props: StatusPublisherProps) {
    super(scope, id);
    if (!props.ordersTable.tableStreamArn) {
      throw new ValidationError(
        'ordersTable has no stream, so its changes cannot be told: turn on a stream with new and old images, '
        + 'or import the table with fromTableAttributes and its tableStreamArn',
        this,
      );
    }
    this.workflowName = props.workflowName;
    this.eventBus = props.eventBus ?? new events.EventBus(this, 'Bus');
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', {
      displayName: 'Status publisher',
      description: 'Changes of orders were not published',
      topic: props.failureTopic,
      encryptionKey: props.encryptionKey,
    });
    this.publishFunction = new OrderFunction(this, 'Function', {
      displayName: 'Status publisher',
      bundle: 'status-feed/status-publisher',
      description: 'Tells of changes of orders',
      timeout: Duration.seconds(30),
      settings: props.functionSettings,
      environment: { BUS_NAME: this.eventBus.eventBusName, WORKFLOW: props.workflowName },
    });
    WatchList.of(this)._publisher = this.publishFunction;
    this.eventBus.grantPutEventsTo(this.publishFunction);
    this.publishFunction.addEventSource(new sources.DynamoEventSource(props.ordersTable, {
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      batchSize: 50,
      parallelizationFactor: 10,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 20,
      maxRecordAge: Duration.hours(6),
      filters: [lambda.FilterCriteria.filter({ eventName: lambda.FilterRule.or('INSERT', 'MODIFY') })],
      onFailure: new sources.SqsDlq(this.deadLetterQueue),
    }));
  }

  /**
   * A rule for changes of status.
   *
   * @param id the id of the rule
   * @param options which changes, and who is told
   */
  public onStatusChanged(id: string, options: OnStatusChangedOptions = {}): events.Rule {
    return new events.Rule(this, id, {
      eventBus: this.eventBus,
      description: options.description,
      eventPattern: OrderStatusChanged.pattern(this.workflowName, options.statuses),
      targets: options.target && [options.target],
    });
  }
}
