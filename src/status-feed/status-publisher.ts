import {
  Duration, aws_events as events, aws_lambda as lambda, aws_lambda_event_sources as sources, aws_sqs as sqs,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { statusChangedRule } from './status-changed-rule';
import { StreamStartingPosition } from './stream-starting-position';
import { IOrderWorkflow, OnStatusChangedOptions } from '../order-workflow';
import { DeadLetterQueue } from '../private/dead-letter-queue';
import { bundledCode } from '../private/order-function';
import { QueueDestination } from '../private/queue-destination';
import { ValidationError } from '../private/validation-error';
import { WatchList } from '../watch-list';

/**
 * Properties for StatusPublisher.
 */
export interface StatusPublisherProps {
  /**
   * The workflow whose changes of status are published; its orders table has a stream of new and old images.
   */
  readonly workflow: IOrderWorkflow;

  /**
   * An existing event bus.
   *
   * @default - a new event bus
   */
  readonly eventBus?: events.IEventBus;

  /**
   * Where in the stream the publisher begins.
   *
   * @default StreamStartingPosition.TRIM_HORIZON
   */
  readonly startingPosition?: StreamStartingPosition;
}

/**
 * Publishes every change of status: one function on the stream of the orders table.
 *
 * The workflow only writes the order's row, so no listener can fail or delay an order.
 */
export class StatusPublisher extends Construct {
  /**
   * The bus that receives an `OrderStatusChanged` event for each change.
   */
  public readonly eventBus: events.IEventBus;

  /**
   * The function on the stream.
   */
  public readonly publishFunction: lambda.Function;

  /**
   * The dead-letter queue of the stream records that could not be published.
   */
  public readonly deadLetterQueue: sqs.IQueue;

  private readonly workflowName: string;

  /**
   * @param scope the scope
   * @param id the id
   * @param props properties
   */
  constructor(scope: Construct, id: string, props: StatusPublisherProps) {
    super(scope, id);
    const { workflow } = props;
    if (!workflow.ordersTable.tableStreamArn) {
      throw new ValidationError(
        'ordersTable has no stream, so its changes cannot be published: enable a stream with new and old images, '
        + 'or import the table with fromTableAttributes and its tableStreamArn',
        this,
      );
    }
    this.workflowName = workflow.workflowName;
    this.eventBus = props.eventBus ?? new events.EventBus(this, 'Bus');
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', {
      displayName: 'Status publisher',
      description: 'Changes of orders were not published',
      topic: workflow.failureTopic,
      encryptionKey: workflow.encryptionKey,
    });
    this.publishFunction = workflow.newFunction(this, 'Function', {
      displayName: 'Status publisher',
      code: bundledCode('status-feed/status-publisher'),
      description: 'Publishes changes of orders',
      timeout: Duration.seconds(30),
      environment: { BUS_NAME: this.eventBus.eventBusName, WORKFLOW: workflow.workflowName },
    });
    this.eventBus.grantPutEventsTo(this.publishFunction);
    this.publishFunction.addEventSource(new sources.DynamoEventSource(workflow.ordersTable, {
      startingPosition: lambda.StartingPosition[props.startingPosition ?? StreamStartingPosition.TRIM_HORIZON],
      batchSize: 50,
      parallelizationFactor: 10,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 20,
      maxRecordAge: Duration.hours(6),
      filters: [lambda.FilterCriteria.filter({ eventName: lambda.FilterRule.or('INSERT', 'MODIFY') })],
      onFailure: new QueueDestination(this.deadLetterQueue),
    }));
    WatchList.of(this)._publisher = this.publishFunction;
  }

  /**
   * Adds a rule for changes of status to the event bus.
   *
   * @param id the id of the rule
   * @param options the changes and the target
   */
  public onStatusChanged(id: string, options: OnStatusChangedOptions = {}): events.Rule {
    const { eventBus, workflowName } = this;
    return statusChangedRule(this, id, { eventBus, workflowName }, options);
  }
}
