import { SCENES } from './scenes';
import { Theatre } from './scenes/theatre';

/** Grants that nothing but a snapshot would miss if calls were not decided: the part, the action, and a scene that needs it. */
const GRANTS: ReadonlyArray<readonly [part: string, action: string, scene: string]> = [
  ['SagaStateMachine', 'sns:Publish', 'an order that fails at its last step'],
  ['SagaStateMachine', 'dynamodb:UpdateItem', 'an order that is approved by decide'],
  ['SagaStateMachine', 'dynamodb:GetItem', 'an order on hold, and the repair retry'],
  ['SagaDecideFunctionResources', 'dynamodb:GetItem', 'an order that is approved by decide'],
  ['SagaDecideFunctionResources', 'states:SendTaskSuccess', 'an order that is approved by decide'],
  ['SagaStepsProcessPaymentChargeFunctionResources', 'dynamodb:PutItem', 'an order that fails at its last step'],
  ['SagaStepsProcessPaymentRefundFunctionResources', 'dynamodb:UpdateItem', 'an order that fails at its last step'],
  ['RecoveryStateMachine', 'sns:Publish', 'an undo that fails in the recovery too, and its repair'],
  ['RecoveryStateMachine', 'dynamodb:GetItem', 'an execution that is stopped after ProcessPayment'],
  ['RecoveryStateMachine', 'lambda:InvokeFunction', 'an execution that is stopped after ProcessPayment'],
  ['RecoveryOrderSweeperFunctionResources', 'dynamodb:Query', 'an order that was received and never started'],
  ['RecoveryOrderSweeperFunctionResources', 'dynamodb:UpdateItem', 'an order that was received and never started'],
  ['RecoveryOrderSweeperFunctionResources', 'states:StartExecution', 'an execution that is stopped after ProcessPayment'],
  ['RecoveryOrderSweeperFunctionResources', 'sns:Publish', 'alerts that could not be published'],
  ['RecoveryRepairOrderResources', 'states:SendTaskSuccess', 'an order on hold, and the repair retry'],
  ['RecoveryRepairOrderResources', 'states:StartExecution', 'an order on hold whose execution is stopped'],
  ['RecoveryRepairOrderResources', 'states:DescribeExecution', 'an order on hold whose execution is stopped'],
  ['StatusPublisherFunctionResources', 'events:PutEvents', 'an order that fails at its last step'],
  ['StatusPublisherFunctionResources', 'execute-api:ManageConnections', 'an order by WebSocket, which its customer watches'],
  ['StatusPublisherFunctionResources', 'sqs:SendMessage', 'a failing StatusPublisherFunction'],
  ['StatusPublisherFunctionResources', 'dynamodb:DeleteItem', 'a subscription that has expired'],
  ['StatusPublisherFunctionResources', 'dynamodb:UpdateItem', 'a subscription that has expired'],
  ['StatusFeedMessagesFunctionResources', 'dynamodb:DeleteItem', 'an order by WebSocket, which its customer watches'],
  ['StatusFeedMessagesFunctionResources', 'dynamodb:BatchWriteItem', 'a connection that the client closes'],
  ['StatusFeedRedriveFunctionResources', 'sqs:DeleteMessage', 'a status that could not be sent, and the redrive'],
  ['AlertTargetsSlackFunctionResources', 'dynamodb:GetItem', 'an alert that is delivered twice'],
  ['IntakesWebSocketFunctionResources', 'states:SendTaskFailure', 'an order by WebSocket that is cancelled while it waits'],
];

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

test.each(GRANTS)('%s without %s is denied in the scene: %s', async (part, action, name) => {
  const scene = SCENES.find((one) => one.name === name)!;
  const denied = await theatre.firstDeniedWith((policies) => policies.removeAction(new RegExp(`^Orders${part}Role`), action), scene);
  expect(denied?.action).toBe(action);
});
