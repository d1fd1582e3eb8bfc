import { Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AlertKind, AlertTargetOptions, EmailAlert, InvokeFunction, OrderProcessingWorkflow, ReserveInventory, ValidateOrder } from '../../src';
import { newStack, userFunction } from '../support/workflow';

const WHOLE_ORDER = ['Order', 'OpenOrder', 'CompleteOrder', 'ClosingSteps', 'RepairOrder'];

function filterPolicy(options: AlertTargetOptions): unknown {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', {
    steps: [
      new ValidateOrder(), new ReserveInventory(),
      new InvokeFunction({ stepName: 'CheckFraud', handler: userFunction(stack, 'CheckFraud'), acceptedStatus: 'CLEARED' }),
    ],
    alertTargets: [new EmailAlert('ops@example.com', options)],
  });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::SNS::Subscription'));
  return Properties.FilterPolicy;
}

test('a filter by kinds matches alarms, which have no kind, only if it lists them', () => {
  expect(filterPolicy({ kinds: [AlertKind.COMPENSATION_FAILED] })).toEqual({ kind: ['compensation-failed'] });
  expect(filterPolicy({ kinds: [AlertKind.COMPENSATION_FAILED, AlertKind.ALARM] })).toEqual({
    kind: ['compensation-failed', 'alarm', { exists: false }],
  });
});

test('a filter by steps matches alerts that concern no step, too', () => {
  expect(filterPolicy({ steps: ['CheckFraud'] })).toEqual({ steps: ['CheckFraud', ...WHOLE_ORDER, { exists: false }] });
});

test('a filter by kinds and steps matches alerts that have both', () => {
  expect(filterPolicy({ kinds: ['order-failed'], steps: ['CheckFraud'] })).toEqual({
    kind: ['order-failed'], steps: ['CheckFraud', ...WHOLE_ORDER, { exists: false }],
  });
});

// https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html: no filter on attributes matches a message without any, as those of alarms are.
test('a filter is on the body of the message', () => {
  const stack = newStack();
  new OrderProcessingWorkflow(stack, 'Orders', {
    alertTargets: [new EmailAlert('ops@example.com', { kinds: [AlertKind.ALARM] }), new EmailAlert('all@example.com', { targetName: 'All' })],
  });
  const scopes = Object.values(Template.fromStack(stack).findResources('AWS::SNS::Subscription'))
    .map(({ Properties }) => [Properties.Endpoint, Properties.FilterPolicyScope]);
  expect(Object.fromEntries(scopes)).toEqual({ 'ops@example.com': 'MessageBody', 'all@example.com': undefined });
});

test.each(['kinds', 'steps'])('a filter with empty %s is refused', (name) => {
  expect(() => filterPolicy({ [name]: [] })).toThrow(`${name} of Email is empty, which no alert matches: list some, or leave ${name} out`);
});

test('a kind that does not exist is refused, with the kinds that do', () => {
  expect(() => filterPolicy({ kinds: ['order-failed', 'order-faild'] })).toThrow(
    "kinds of Email contains 'order-faild', which is not an alert kind of this workflow: use order-failed, compensation-failed, "
    + 'closing-step-failed, execution-interrupted, order-rejected, order-repaired, alarm');
});

test('every kind of AlertKind is accepted', () => {
  const kinds = Object.values(AlertKind) as string[];
  expect(filterPolicy({ kinds })).toEqual({ kind: [...kinds, { exists: false }] });
});

test('a step that the workflow does not have is refused, with the steps that it has', () => {
  expect(() => filterPolicy({ steps: ['CheckFrauds'] })).toThrow(
    "steps of Email contains 'CheckFrauds', which is not a step of this workflow: use ValidateOrder, ReserveInventory, CheckFraud");
});

test('a value that only the deployment resolves is accepted', () => {
  const later = Token.asString({ Ref: 'AWS::StackName' });
  expect(filterPolicy({ kinds: [later] })).toEqual({ kind: [{ Ref: 'AWS::StackName' }] });
});
