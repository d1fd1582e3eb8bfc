import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { inlineFunction, order } from './saga-fixture';
import { InvokeFunction, OrderProcessingWorkflow, ProcessPayment, ValidateOrder } from '../../../src';
import { LocalCloud, LocalWorkflow } from '../../src';

/** As a provider does with an idempotency key that it has seen: it charges nothing, and answers as the first time. */
const CHARGE = `
  const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
  try {
    await new DynamoDBClient({}).send(new PutItemCommand({
      TableName: process.env.TABLE, Item: { key: { S: event.key }, status: { S: 'CHARGED' } }, ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': 'key' },
    }));
    return { status: 'APPROVED', transactionId: event.key, first: true };
  } catch (error) {
    return { status: 'APPROVED', transactionId: event.key, first: false };
  }`;
const REFUND = `
  const { DynamoDBClient, UpdateItemCommand } = require('@aws-sdk/client-dynamodb');
  await new DynamoDBClient({}).send(new UpdateItemCommand({
    TableName: process.env.TABLE, Key: { key: { S: event.chargeKey } }, ConditionExpression: '#status = :charged',
    UpdateExpression: 'SET #status = :refunded', ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':charged': { S: 'CHARGED' }, ':refunded': { S: 'REFUNDED' } },
  }));
  return { status: 'REFUNDED' };`;

let cloud: LocalCloud;
let [shop, tills]: LocalWorkflow[] = [];

beforeAll(async () => {
  const stack = new Stack(new App(), 'Shops');
  const table = new Table(stack, 'Provider', { tableName: 'provider', partitionKey: { name: 'key', type: AttributeType.STRING } });
  const [charge, refund] = [inlineFunction(stack, 'Charge', CHARGE), inlineFunction(stack, 'Refund', REFUND)];
  [charge, refund].forEach((handler) => {
    handler.addEnvironment('TABLE', table.tableName);
    table.grantReadWriteData(handler);
  });
  const check = inlineFunction(stack, 'Check', "return { status: event.userId === 'eve' ? 'REFUSED' : 'CHECKED' };");
  for (const id of ['Orders', 'Tills']) {
    new OrderProcessingWorkflow(stack, id, {
      steps: [
        new ValidateOrder(),
        new ProcessPayment({ charge, refund }),
        new InvokeFunction({ stepName: 'Check', handler: check, acceptedStatus: 'CHECKED', rejectedStatuses: ['REFUSED'] }),
      ],
      monitoring: { alarms: false, dashboard: false, savedQueries: false },
    });
  }
  cloud = await LocalCloud.fromStack(stack);
  [shop, tills] = await Promise.all([cloud.workflow('Orders'), cloud.workflow('Tills')]);
  await Promise.all([shop, tills].map((workflow) => workflow.seed([{ productId: 'lamp', price: 29.99, stock: 9 }])));
});
afterAll(() => cloud.close());

test('two workflows with one provider and the same order id each charge their order, and refund their own', async () => {
  const [completed, refused] = [await shop.process(order('order-1')), await tills.process(order('order-1', 'eve'))];

  expect([completed, refused]).toMatchObject([{ status: 'COMPLETED' }, { status: 'REFUNDED' }]);
  const payments = [completed, refused].map((outcome) => outcome.order!.payment as { transactionId: string; first: boolean });
  expect(payments.map(({ first }) => first)).toEqual([true, true]);
  const statuses = await Promise.all(payments.map(async ({ transactionId }) => (await cloud.item('provider', { key: transactionId }))?.status));
  expect(statuses).toEqual(['CHARGED', 'REFUNDED']);
});
