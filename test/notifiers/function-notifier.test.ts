import { Match } from 'aws-cdk-lib/assertions';
import { FunctionNotifier } from '../../src';
import { userFunction } from '../support/workflow';
import { templateOf } from '../support/workflow-template';

const toDeadLetters = (name: string) => ({
  MaximumRetryAttempts: 2,
  DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^OrdersNotifiers${name}DeadLetters`), 'Arn'] } } },
});

test('an error of the function is retried twice and goes to the dead-letter queue of the notifier', () => {
  templateOf((stack) => ({ notifiers: [new FunctionNotifier(userFunction(stack, 'Receiver'))] }))
    .hasResourceProperties('AWS::Lambda::EventInvokeConfig', toDeadLetters('Function'));
});

test('an error of a function with two notifiers goes to the dead-letter queue of the first', () => {
  const template = templateOf((stack) => {
    const receiver = userFunction(stack, 'Receiver');
    return {
      notifiers: [
        new FunctionNotifier(receiver, { statuses: ['VALID'] }),
        new FunctionNotifier(receiver, { notifierName: 'Completed', statuses: ['COMPLETED'] }),
      ],
    };
  });
  template.resourcePropertiesCountIs('AWS::Lambda::EventInvokeConfig', toDeadLetters('Function'), 1);
  template.resourcePropertiesCountIs('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: Match.stringLikeRegexp('^Receiver') } }, 1);
});

test('an error of a function with its own settings for asynchronous invocation is handled by these', () => {
  const template = templateOf((stack) => {
    const receiver = userFunction(stack, 'Receiver');
    receiver.configureAsyncInvoke({ retryAttempts: 0 });
    return { notifiers: [new FunctionNotifier(receiver)] };
  });
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    FunctionName: { Ref: Match.stringLikeRegexp('^Receiver') }, MaximumRetryAttempts: 0, DestinationConfig: Match.absent(),
  });
});
