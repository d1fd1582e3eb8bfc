import { Duration, aws_sns as sns, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CAUSE_LENGTH, ENTERED_AT, OWNER, jsonata } from '../jsonata/expressions';
import { sagaField, setSaga } from '../jsonata/saga-variable';
import { serviceRetrier } from '../private/retries';

const ORDER = sagaField('order');

/** @internal */
export interface NotificationProps {
  readonly topic: sns.ITopic;
  readonly stateName: string;
  /** JSONata that yields the kind of alert. */
  readonly kind: string;
  /** JSONata that yields `{step, error, cause}`. */
  readonly failure: string;
  /** JSONata that yields the names of the steps that are concerned, where there can be more than one. */
  readonly steps?: string;
  /** Whether it concerns the order as a whole, so that subscribers to single steps receive it too. */
  readonly ofWholeOrder?: boolean;
  readonly outputs: string;
  /** JSONata that yields `$saga` once it is published. */
  readonly saga?: string;
}

/**
 * Publishes a notification about an order to the failure topic. Alert targets filter by its `kind` and `steps`, others by its attributes.
 *
 * @internal
 */
export function publishNotification(scope: Construct, id: string, props: NotificationProps): tasks.SnsPublish {
  const text = (expression: string, length: number) => `$substring($string(${expression}), 0, ${length})`;
  const attribute = (expression: string) => ({ dataType: tasks.MessageAttributeDataType.STRING, value: jsonata(expression) });
  const attributeOfMany = (expression: string) => ({
    dataType: tasks.MessageAttributeDataType.STRING_ARRAY, value: sfn.TaskInput.fromText(jsonata(`$string([${expression}])`)),
  });
  const task = tasks.SnsPublish.jsonata(scope, id, {
    stateName: props.stateName,
    topic: props.topic,
    // SNS refuses the message if its subject is longer, or has anything else in it than printable ASCII.
    subject: jsonata(`$substring($replace(${props.kind} & ': ' & ${ORDER}.orderId, /[^ -~]/, '?'), 0, 99)`),
    message: sfn.TaskInput.fromText(jsonata(`($failure := ${props.failure}; $string({`
      + `'kind': ${props.kind}, 'orderId': ${ORDER}.orderId, 'status': ${ORDER}.status, 'version': ${ORDER}.version, `
      + `'step': $failure.step, ${props.ofWholeOrder ? '' : `'steps': [${props.steps ?? '$failure.step'}], `}'error': ${text('$failure.error', 256)}, 'cause': ${text('$failure.cause', CAUSE_LENGTH)}, `
      + `'execution': ${OWNER}, 'at': ${ENTERED_AT}}))`)),
    messageAttributes: {
      kind: attribute(props.kind),
      ...(props.ofWholeOrder ? {} : { step: props.steps ? attributeOfMany(props.steps) : attribute(`${props.failure}.step`) }),
      error: attribute(`($error := ${props.failure}.error; $exists($error) and $error != '' ? ${text('$error', 256)} : 'Unknown')`),
    },
    outputs: jsonata(props.outputs),
    assign: props.saga === undefined ? undefined : setSaga(props.saga),
    taskTimeout: sfn.Timeout.duration(Duration.seconds(10)),
  });
  task.addRetry(serviceRetrier());
  return task;
}
