import { Duration, aws_sqs as sqs, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderStep, OrderStepBindOptions, OrderStepConfig } from './order-step';
import { StepSettings } from './step-settings';
import { serviceRetrier } from '../private/retries';
import { idempotencyKey, jsonata } from '../jsonata/expressions';

/**
 * Where completed orders go.
 */
export interface EnqueueOrderProps extends StepSettings {
  /**
   * The queue that gets the order; a FIFO queue gets the order's id as group and deduplication id.
   */
  readonly queue: sqs.IQueue;
}

/**
 * Puts a completed order onto a queue: a closing step, straight from the state machine to SQS.
 */
export class EnqueueOrder implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props where to put it
   */
  constructor(private readonly props: EnqueueOrderProps) {
    this.stepName = props.stepName ?? 'EnqueueOrder';
  }

  public bind(scope: Construct, _options: OrderStepBindOptions): OrderStepConfig {
    const { queue, timeout, retry } = this.props;
    const send = tasks.SqsSendMessage.jsonata(scope, 'Task', {
      stateName: this.stepName,
      queue,
      messageBody: sfn.TaskInput.fromText(jsonata('$string($states.input)')),
      outputs: jsonata('$states.input'),
      taskTimeout: sfn.Timeout.duration(timeout ?? Duration.seconds(30)),
      ...(queue.fifo ? {
        messageGroupId: jsonata('$states.input.orderId'),
        messageDeduplicationId: jsonata(idempotencyKey('$states.input', this.stepName)),
      } : {}),
    });
    send.addRetry(serviceRetrier(retry));
    return { action: send, closing: true };
  }
}
