import { aws_dynamodb as dynamodb, aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OrderStatus } from '../order-status';
import { closingState } from './closing-step';
import { OrderEndings } from './endings';
import { failureOf, jsonata, list, literal } from '../jsonata/expressions';
import { FailurePath } from './failure-path';
import { closeOrder, completeOrder } from '../order-row/forward-writes';
import { furthestStep } from './furthest-step';
import { openOrder } from '../order-row/open-order';
import { recordStep } from '../order-row/record-step';
import { SagaStep } from './saga-step';
import { CatchableState, asOneState, catchAny, catchProps, catchRefusal, onlyIf, writesRow } from './states';
import { UndoChain } from './undo-chain';
import { lookUpOrder } from '../order-row/undo-writes';

/** @internal */
export interface SagaGraphProps {
  readonly table: dynamodb.ITable;
  readonly topic: sns.ITopic;
  readonly steps: SagaStep[];
  readonly defaultCurrency: string;
  /** Whether the state machine can wait for people. */
  readonly waits: boolean;
  /** Whether rejections are told to the topic. */
  readonly alertRejections?: boolean;
}

/**
 * From a list of steps to states: forward through the steps, back through their compensations.
 *
 * @internal
 */
export class SagaGraph extends Construct {
  public readonly start: sfn.State;
  private readonly stepScope: Construct;
  private readonly endings: OrderEndings;
  private readonly undo: UndoChain;
  private readonly failure: FailurePath;

  constructor(scope: Construct, id: string, private readonly props: SagaGraphProps) {
    super(scope, id);
    const { table, topic, steps } = props;
    const forward = steps.filter(({ config }) => config.action && !config.closing);
    const closing = steps.filter(({ config }) => config.closing);

    this.stepScope = new Construct(this, 'Steps');
    this.endings = new OrderEndings(this, 'Endings', props);
    const lookUp = lookUpOrder(this, table);
    this.undo = new UndoChain(this, 'Undo', { table, topic, steps, endings: this.endings, lookUp, waits: props.waits });
    const afterwards = this.closingStates(closing);
    this.failure = new FailurePath(this, 'Failure', {
      table,
      topic,
      endings: this.endings,
      undo: this.undo,
      lookUp,
      rejectedStatuses: forward.flatMap(({ config }) => config.rejectedStatuses ?? []),
      furthestStep: props.waits ? undefined : furthestStep(steps),
      completed: afterwards,
    });

    const first = forward.reduceRight((next, step) => this.forwardStates(step, next), this.completion(forward, closing, afterwards));
    this.start = forward[0].config.opensOrder && !forward[0].config.onlyIf ? first : this.opening(first);
  }

  private opening(first: sfn.State): sfn.State {
    const open = openOrder(this, this.props.table, this.props.defaultCurrency);
    catchRefusal(open, this.failure.start, { saga: "{'order': $states.input}", outputs: '$states.input' });
    catchAny(open, this.failure.start, { saga: `{'order': $states.input, 'failure': ${failureOf('OpenOrder')}}`, outputs: '$states.input' });
    open.next(first);
    return open;
  }

  private completion(forward: SagaStep[], closing: SagaStep[], afterwards: sfn.State): sfn.State {
    const complete = completeOrder(this, this.props.table, closing.length === 0);
    this.catchInto(complete, 'CompleteOrder', forward[forward.length - 1].undoFrom);
    if (closing.length > 0) {
      complete.next(afterwards);
    }
    return complete;
  }

  /** What follows a completed order, when there is something. */
  private closingStates(closing: SagaStep[]): sfn.State {
    const completed = sfn.Succeed.jsonata(this, 'Completed', { stateName: 'Order completed' });
    if (closing.length === 0) {
      return completed;
    }
    const close = closeOrder(this, this.props.table);
    close.next(completed);
    catchAny(close, completed, { outputs: '$saga.order' });
    return closing.reduceRight<sfn.State>((next, step) => closingState(this.stepScope, this.props.topic, step, next), close);
  }

  private forwardStates(sagaStep: SagaStep, next: sfn.State): sfn.State {
    const { step, config, undoFrom } = sagaStep;
    const scope = new Construct(this.stepScope, step.stepName);
    const action = asOneState(scope, step.stepName, config.action!);
    const accepted = this.choose(scope, sagaStep, next);
    if (config.writesOrder) {
      this.catchInto(action, step.stepName, undoFrom);
      action.next(accepted);
      return onlyIf(scope, step.stepName, config.onlyIf, action, next);
    }
    const record = recordStep(scope, this.props.table, sagaStep);
    if (config.waitingStatus) {
      this.catchWait(action, record, sagaStep);
    }
    this.catchInto(action, step.stepName, undoFrom);
    catchRefusal(record, this.failure.start, { saga: saga('$saga.order', undoFrom), outputs: '$saga.order' });
    catchAny(record, this.failure.start, { saga: saga('$saga.order', undoFrom, failureOf(step.stepName)), outputs: '$saga.order' });
    action.next(record);
    record.next(accepted);
    return onlyIf(scope, step.stepName, config.onlyIf, action, next);
  }

  /** The order's status, and nothing else, decides where it goes. */
  private choose(scope: Construct, { step, config, undoBefore, undoFrom }: SagaStep, next: sfn.State): sfn.Choice {
    const status = '$states.input.status';
    const keep = (from?: string) => ({ assign: { saga: jsonata(saga('$states.input', from)) } });
    const refused = list([...(config.rejectedStatuses ?? []), OrderStatus.CANCELLED]);
    const choice = sfn.Choice.jsonata(scope, 'Choice', {
      stateName: `${step.stepName} accepted?`,
      // What is left was accepted, but the customer has cancelled meanwhile; or it is nothing that the step declares.
      assign: { saga: jsonata(saga('$states.input', undoFrom)) },
    })
      .when(sfn.Condition.jsonata(jsonata(`${status} = ${literal(config.acceptedStatus!)} and $not($exists($states.input.cancelRequestedAt))`)), next, keep())
      .when(sfn.Condition.jsonata(jsonata(`${status} in ${refused}`)), undoBefore ? this.undo.entry(undoBefore) : this.endings.rejected, keep(undoBefore))
      .when(sfn.Condition.jsonata(jsonata(`${status} = ${literal(OrderStatus.DUPLICATE)}`)), this.endings.duplicate);
    if (!config.writesOrder) {
      choice.when(sfn.Condition.jsonata(jsonata(`${status} = ${literal(OrderStatus.FAILED)}`)), this.failure.tellAndUndo, {
        assign: { saga: jsonata(`$merge([$saga, {'order': $states.input, 'undoing': true${undoFrom ? `, 'undoFrom': ${literal(undoFrom)}` : ''}}])`) },
      });
    }
    return choice.otherwise(this.failure.start);
  }

  /** Nobody decided in time: that is the step's way to say no. A cancel wakes the wait with an error of its own. */
  private catchWait(wait: CatchableState, record: sfn.State, { config, undoFrom }: SagaStep): void {
    const late = `{'status': ${literal(config.rejectedStatuses![0])}, 'reason': 'nobody decided in time'}`;
    wait.addCatch(record, catchProps([sfn.Errors.TIMEOUT], { outputs: late }));
    wait.addCatch(this.failure.start, catchProps(['OrderCancelled'], { saga: saga('$states.input', undoFrom), outputs: '$states.input' }));
  }

  private catchInto(state: CatchableState, stepName: string, undoFrom?: string): void {
    if (writesRow(state)) {
      catchRefusal(state, this.failure.start, { saga: saga('$states.input', undoFrom), outputs: '$states.input' });
    }
    catchAny(state, this.failure.start, { saga: saga('$states.input', undoFrom, failureOf(stepName)), outputs: '$states.input' });
  }
}

/** All that the states share: one variable, so that no name meets one of a user's states. */
function saga(order: string, undoFrom?: string, failure?: string): string {
  const parts = [`'order': ${order}`, ...(undoFrom ? [`'undoFrom': ${literal(undoFrom)}`] : []), ...(failure ? [`'failure': ${failure}`] : [])];
  return `{${parts.join(', ')}}`;
}
