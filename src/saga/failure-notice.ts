import { Duration, aws_sns as sns, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ENTERED_AT, OWNER, jsonata, literal } from './expressions';
import { serviceRetrier } from '../private/retries';

/** An error's cause can be a stack trace of 32 KB; a message takes what a person reads. */
const CAUSE_LENGTH = 1000;

/** @internal */
export interface FailureNoticeProps {
  readonly topic: sns.ITopic;
  readonly stateName: string;
  readonly kind: string;
  /** JSONata that yields `{step, error, cause}`. */
  readonly failure: string;
  readonly outputs: string;
  readonly assign?: { [name: string]: unknown };
}

/**
 * Tells the failure topic what went wrong, with the attributes that its subscribers filter by.
 *
 * @internal
 */
export function failureNotice(scope: Construct, id: string, props: FailureNoticeProps): tasks.SnsPublish {
  const text = (expression: string, length: number) => `$substring($string(${expression}), 0, ${length})`;
  const task = tasks.SnsPublish.jsonata(scope, id, {
    stateName: props.stateName,
    topic: props.topic,
    subject: jsonata(`$substring('${props.kind}: ' & $saga.order.orderId, 0, 100)`),
    message: sfn.TaskInput.fromText(jsonata(`($failure := ${props.failure}; $string({`
      + `'kind': ${literal(props.kind)}, 'orderId': $saga.order.orderId, 'status': $saga.order.status, 'version': $saga.order.version, `
      + `'step': $failure.step, 'error': ${text('$failure.error', 256)}, 'cause': ${text('$failure.cause', CAUSE_LENGTH)}, `
      + `'execution': ${OWNER}, 'at': ${ENTERED_AT}}))`)),
    messageAttributes: {
      kind: { dataType: tasks.MessageAttributeDataType.STRING, value: props.kind },
      step: { dataType: tasks.MessageAttributeDataType.STRING, value: jsonata(`${props.failure}.step`) },
      error: { dataType: tasks.MessageAttributeDataType.STRING, value: jsonata(`($error := ${props.failure}.error; $exists($error) and $error != '' ? ${text('$error', 256)} : 'Unknown')`) },
    },
    outputs: jsonata(props.outputs),
    assign: props.assign,
    taskTimeout: sfn.Timeout.duration(Duration.seconds(10)),
  });
  task.addRetry(serviceRetrier());
  return task;
}
