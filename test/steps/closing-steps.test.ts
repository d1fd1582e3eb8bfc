import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { ClosingFunction, ClosingStates, EnqueueOrder, IClosingStep, SendConfirmation, ValidateOrder } from '../../src';
import { AslState, definitionOf } from '../support/state-machine';
import { userFunction, workflowOf } from '../support/workflow';

function statesOf(closingSteps: (stack: Stack) => IClosingStep[]): { stack: Stack; States: { [name: string]: AslState } } {
  const { stack, workflow } = workflowOf(() => [new ValidateOrder()], {}, closingSteps);
  return { stack, States: definitionOf(workflow.stateMachine).States };
}

/** What the state machine may send with. */
function sesResources(stack: Stack): string[] {
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement).filter(({ Action }) => Action === 'ses:SendEmail');
  return statements.flatMap(({ Resource }) => Resource).map((resource) => JSON.stringify(resource).replace(/^.*111111111111:(.+?)"\]\]\}$/, '$1'));
}

test('SendConfirmation sends an email to the address of the order, and is skipped for an order without one', () => {
  const { stack, States } = statesOf(() => [new SendConfirmation({ sender: 'Shop <shop@example.com>' })]);

  expect(States['SendConfirmation needed?']).toMatchObject({ Choices: [{ Condition: '{% $exists($states.input.email) %}' }], Default: 'Close order' });
  expect(States.SendConfirmation.Arguments).toMatchObject({
    FromEmailAddress: 'Shop <shop@example.com>', Destination: { ToAddresses: ['{% $states.input.email %}'] },
  });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: Match.objectLike({
      Statement: Match.arrayWith([Match.objectLike({
        Action: 'ses:SendEmail',
        Resource: [
          { 'Fn::Join': ['', Match.arrayWith([':ses:eu-central-1:111111111111:identity/shop@example.com'])] },
          { 'Fn::Join': ['', Match.arrayWith([':ses:eu-central-1:111111111111:identity/example.com'])] },
        ],
      })]),
    }),
  });
});

test('SendConfirmation with a recipient runs for every order', () => {
  const { States } = statesOf(() => [new SendConfirmation({ sender: 'shop@example.com', recipient: 'orders@example.com', configurationSetName: 'shop' })]);

  expect(States['SendConfirmation needed?']).toBeUndefined();
  expect(States.SendConfirmation.Arguments).toMatchObject({ Destination: { ToAddresses: ['orders@example.com'] }, ConfigurationSetName: 'shop' });
});

// https://github.com/aws/aws-cdk/issues/34402 and https://github.com/usdigitalresponse/usdr-gost/pull/3080
test('SendConfirmation may use its configuration sets, and the parent domain that was verified', () => {
  const { stack } = statesOf(() => [new SendConfirmation({
    sender: 'orders@mail.shop.example.com', verifiedDomain: 'shop.example.com', configurationSetName: 'orders', defaultConfigurationSetName: 'shop',
  })]);
  expect(sesResources(stack)).toEqual([
    'identity/orders@mail.shop.example.com', 'identity/mail.shop.example.com', 'identity/shop.example.com', 'configuration-set/orders', 'configuration-set/shop',
  ]);
});

test.each(['example.org', 'op.example.com', 'mail.shop.example.com'])('SendConfirmation refuses %s as a parent domain of its sender', (verifiedDomain) => {
  expect(() => statesOf(() => [new SendConfirmation({ sender: 'orders@shop.example.com', verifiedDomain })]))
    .toThrow(`verifiedDomain is '${verifiedDomain}', which is no parent domain of the sender orders@shop.example.com: give the domain that SES has verified`);
});

test('SendConfirmation refuses a sender that is not an email address', () => {
  expect(() => statesOf(() => [new SendConfirmation({ sender: 'garbage' })]))
    .toThrow(/sender is 'garbage', which is not an email address: give one that SES has verified/);
});

test('EnqueueOrder sends the order, to a FIFO queue with group and deduplication id', () => {
  const { States } = statesOf((stack) => [
    new EnqueueOrder({ queue: new sqs.Queue(stack, 'Standard') }),
    new EnqueueOrder({ stepName: 'Ship', queue: new sqs.Queue(stack, 'Ordered', { fifo: true }) }),
  ]);

  expect(States.EnqueueOrder.Arguments).toMatchObject({ MessageBody: '{% $string($states.input) %}' });
  expect(States.EnqueueOrder.Arguments).not.toHaveProperty('MessageGroupId');
  expect(States.Ship.Arguments).toMatchObject({
    MessageGroupId: '{% $states.input.orderId %}', MessageDeduplicationId: "{% $states.input.orderId & ':Ship' %}",
  });
});

test('ClosingFunction passes the order with an idempotency key, and passes the order on', () => {
  const { States } = statesOf((stack) => [new ClosingFunction({ handler: userFunction(stack, 'Thank') })]);

  expect(States.ClosingFunction).toMatchObject({ Type: 'Task', Output: '{% $states.input %}', Next: 'Close order' });
  expect(States.ClosingFunction.Arguments.Payload).toContain("$states.input.orderId & ':ClosingFunction'");
});

test('ClosingStates run inside of one state, whose output is the order', () => {
  const { States } = statesOf((stack) => [
    new ClosingStates({ stepName: 'Archive', states: new sfn.Pass(stack, 'First').next(new sfn.Succeed(stack, 'Second')) }),
  ]);

  expect(States.Archive).toMatchObject({ Type: 'Parallel', Output: '{% $states.input %}', Next: 'Close order' });
  expect(Object.keys(States.Archive.Branches![0].States)).toEqual(['First', 'Second']);
});

test('a closing step that fails is published, and the next one runs', () => {
  const { States } = statesOf((stack) => [
    new ClosingFunction({ stepName: 'Thank', handler: userFunction(stack, 'Thanks') }),
    new ClosingFunction({ stepName: 'Ship', handler: userFunction(stack, 'Shipping') }),
  ]);

  expect(States.Thank.Catch!.map(({ Next }) => Next)).toEqual(['Publish failed Thank', 'Publish failed Thank']);
  expect(States['Publish failed Thank']).toMatchObject({ Next: 'Ship' });
  expect(States['Publish failed Ship']).toMatchObject({ Next: 'Close order' });
});
