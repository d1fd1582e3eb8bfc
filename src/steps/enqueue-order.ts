import { Duration, aws_sqs as sqs, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClosingStepConfig, IClosingStep } from './closing-step';
import { StepSettings } from './step-settings';
import { jsonata, literal } from '../jsonata/expressions';
import { serviceRetrier } from '../private/retries';
import { IStepHost } from '../step-host';

/**
 * Properties for EnqueueOrder.
 */
export interface EnqueueOrderProps extends StepSettings {
  /**
   * The queue to send the order to; in a FIFO queue the order's id is its group, and its id and step are its deduplication id.
   */
  readonly queue: sqs.IQueue;
}

/**
 * Sends a completed order to an SQS queue, directly from the state machine.
 */
export class EnqueueOrder implements IClosingStep {
  public readonly stepName: string;

  /**
   * @param props properties of the step
   */
  constructor(private readonly props: EnqueueOrderProps) {
    this.stepName = props.stepName ?? 'EnqueueOrder';
  }

  public bind(scope: Construct, _host: IStepHost): ClosingStepConfig {
    const { queue, timeout, retry } = this.props;
    const send = tasks.SqsSendMessage.jsonata(scope, 'Task', {
      stateName: this.stepName,
      queue,
      messageBody: sfn.TaskInput.fromText(jsonata('$string($states.input)')),
      outputs: jsonata('$states.input'),
      taskTimeout: sfn.Timeout.duration(timeout ?? Duration.seconds(30)),
      ...(queue.fifo ? {
        messageGroupId: jsonata('$states.input.orderId'),
        messageDeduplicationId: jsonata(`$states.input.orderId & ${literal(`:${this.stepName}`)}`),
      } : {}),
    });
    send.addRetry(serviceRetrier(retry));
    return ClosingStepConfig.task({ states: send });
  }
}
