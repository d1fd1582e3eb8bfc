import { Duration, Token } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { InvokeFunction, ReserveInventory, ValidateOrder } from '../../src';
import { compensationRetrier, dynamoBusyRetrier, dynamoRetrier, functionRetrier, serviceRetrier } from '../../src/private/retries';
import { userFunction, workflowOf } from '../support/workflow';

const RETRIERS = Object.entries({ functionRetrier, dynamoRetrier, dynamoBusyRetrier, serviceRetrier, compensationRetrier });
const seconds = ({ interval, maxDelay }: sfn.RetryProps) => [interval?.toSeconds(), maxDelay?.toSeconds()];

describe.each(RETRIERS)('the interval of %s', (_name, retrier) => {
  test('grows up to 30 seconds', () => {
    expect(seconds(retrier())).toEqual([2, 30]);
    expect(seconds(retrier({ interval: Duration.seconds(29) }))).toEqual([29, 30]);
  });

  test('grows without a limit of ours if it begins at 30 seconds or more', () => {
    expect(seconds(retrier({ interval: Duration.seconds(30) }))).toEqual([30, undefined]);
    expect(seconds(retrier({ interval: Duration.minutes(1) }))).toEqual([60, undefined]);
  });

  test('grows up to the maxDelay of the team', () => {
    expect(seconds(retrier({ interval: Duration.minutes(1), maxDelay: Duration.minutes(1) }))).toEqual([60, 60]);
    expect(seconds(retrier({ maxDelay: Duration.seconds(10) }))).toEqual([2, 10]);
  });

  test('is refused if it is longer than the maxDelay', () => {
    expect(() => retrier({ interval: Duration.minutes(1), maxDelay: Duration.seconds(20) })).toThrow(
      'retry has the interval 1 minute and the maxDelay 20 seconds, which is shorter: raise maxDelay, or lower interval');
    expect(() => retrier({ maxDelay: Duration.seconds(1) })).toThrow('retry has the interval 2 seconds and the maxDelay 1 second');
  });

  test('may be known at deployment only', () => {
    const interval = Duration.seconds(Token.asNumber({ Ref: 'Interval' }));

    expect(retrier({ interval }).interval).toBe(interval);
  });
});

test('no state of a machine begins with a delay that is longer than its longest', () => {
  const retry = { interval: Duration.minutes(1) };
  const { workflow, stack } = workflowOf((scope) => [
    new ValidateOrder({ retry }), new ReserveInventory({ retry }),
    new InvokeFunction({ stepName: 'Check', handler: userFunction(scope, 'Check'), acceptedStatus: 'CHECKED', retry }),
  ]);
  const { States } = JSON.parse(stack.resolve((workflow.stateMachine.node.defaultChild as sfn.CfnStateMachine).definitionString)['Fn::Join'][1]
    .map((part: unknown) => typeof part === 'string' ? part : 'x').join(''));
  const retriers = Object.values<any>(States).flatMap(({ Retry }) => Retry ?? []);

  expect(retriers.filter(({ IntervalSeconds }) => IntervalSeconds === 60).length).toBeGreaterThan(2);
  expect(retriers.filter(({ IntervalSeconds, MaxDelaySeconds }) => MaxDelaySeconds < IntervalSeconds)).toEqual([]);
});
