import { Duration, aws_sns as sns, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CAUSE_LENGTH, ENTERED_AT, OWNER, jsonata } from '../jsonata/expressions';
import { serviceRetrier } from '../private/retries';

/** @internal */
export interface FailureNoticeProps {
  readonly topic: sns.ITopic;
  readonly stateName: string;
  /** JSONata that yields the kind of alert. */
  readonly kind: string;
  /** JSONata that yields `{step, error, cause}`. */
  readonly failure: string;
  /** JSONata that yields the names of the steps that are concerned, where there can be more than one. */
  readonly steps?: string;
  /** Whether what is told concerns the order as a whole, so that whoever listens to some steps hears of it too. */
  readonly ofWholeOrder?: boolean;
  readonly outputs: string;
  readonly assign?: { [name: string]: unknown };
}

/**
 * Tells the failure topic what became of an order, with the attributes that its subscribers filter by.
 *
 * @internal
 */
export function failureNotice(scope: Construct, id: string, props: FailureNoticeProps): tasks.SnsPublish {
  const text = (expression: string, length: number) => `$substring($string(${expression}), 0, ${length})`;
  const attribute = (expression: string) => ({ dataType: tasks.MessageAttributeDataType.STRING, value: jsonata(expression) });
  const attributeOfMany = (expression: string) => ({
    dataType: tasks.MessageAttributeDataType.STRING_ARRAY, value: sfn.TaskInput.fromText(jsonata(`$string([${expression}])`)),
  });
  const task = tasks.SnsPublish.jsonata(scope, id, {
    stateName: props.stateName,
    topic: props.topic,
    // SNS refuses the message if its subject is longer, or has anything else in it than printable ASCII.
    subject: jsonata(`$substring($replace(${props.kind} & ': ' & $saga.order.orderId, /[^ -~]/, '?'), 0, 99)`),
    message: sfn.TaskInput.fromText(jsonata(`($failure := ${props.failure}; $string({`
      + `'kind': ${props.kind}, 'orderId': $saga.order.orderId, 'status': $saga.order.status, 'version': $saga.order.version, `
      + `'step': $failure.step, 'error': ${text('$failure.error', 256)}, 'cause': ${text('$failure.cause', CAUSE_LENGTH)}, `
      + `'execution': ${OWNER}, 'at': ${ENTERED_AT}}))`)),
    messageAttributes: {
      kind: attribute(props.kind),
      ...(props.ofWholeOrder ? {} : { step: props.steps ? attributeOfMany(props.steps) : attribute(`${props.failure}.step`) }),
      error: attribute(`($error := ${props.failure}.error; $exists($error) and $error != '' ? ${text('$error', 256)} : 'Unknown')`),
    },
    outputs: jsonata(props.outputs),
    assign: props.assign,
    taskTimeout: sfn.Timeout.duration(Duration.seconds(10)),
  });
  task.addRetry(serviceRetrier());
  return task;
}
