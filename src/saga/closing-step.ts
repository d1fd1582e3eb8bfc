import { aws_sns as sns, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { failureOf, literal } from '../jsonata/expressions';
import { failureNotice } from './failure-notice';
import { SagaStep } from './saga-step';
import { asOneState, catchAny, onlyIf, passesInputOn } from './states';

/**
 * A step behind the completed order: when it fails for good, that is told, and the order goes on.
 *
 * @internal
 */
export function closingState(parent: Construct, topic: sns.ITopic, { step, config }: SagaStep, next: sfn.State): sfn.State {
  const { stepName } = step;
  const scope = new Construct(parent, stepName);
  const action = config.action!;
  const state = passesInputOn(action)
    ? asOneState(scope, stepName, action)
    : sfn.Parallel.jsonata(scope, 'Branch', { stateName: stepName, outputs: '{% $states.input %}' }).branch(action);
  const tell = failureNotice(scope, 'Tell', {
    topic,
    stateName: `Publish failed ${stepName}`,
    kind: literal('closing-step-failed'),
    failure: '$saga.failure',
    outputs: '$saga.order',
  });
  catchAny(state, tell, {
    saga: `$merge([$saga, {'order': $states.input, 'failure': ${failureOf(stepName)}}])`,
    outputs: '$states.input',
  });
  // Nobody was told, so the order stays on the list of the open ones, for the sweeper to tell.
  catchAny(tell, next, { saga: "$merge([$saga, {'unpublished': [$saga.unpublished, $saga.failure]}])", outputs: '$saga.order' });
  tell.next(next);
  state.next(next);
  return onlyIf(scope, stepName, config.onlyIf, state, next);
}
