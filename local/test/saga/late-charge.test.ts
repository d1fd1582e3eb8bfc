import { Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { IOrderStep, ProcessPayment, ValidateOrder } from '../../../src';
import { inlineFunction, keyOf, openSaga, order, SagaFixture } from './saga-fixture';

/** The time-out of the charge's task: that of its function and five seconds. */
const CHARGE_TIMEOUT_MS = 10_000;

const CHARGE = `
  const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
  await new DynamoDBClient({}).send(new PutItemCommand({
    TableName: process.env.TABLE, Item: { key: { S: event.key }, status: { S: 'CHARGED' } },
  }));
  return { status: 'APPROVED', transactionId: event.key };`;
const REFUND = `
  const { DynamoDBClient, UpdateItemCommand } = require('@aws-sdk/client-dynamodb');
  try {
    await new DynamoDBClient({}).send(new UpdateItemCommand({
      TableName: process.env.TABLE, Key: { key: { S: event.chargeKey } }, ConditionExpression: 'attribute_exists(#status)',
      UpdateExpression: 'SET #status = :refunded', ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':refunded': { S: 'REFUNDED' } },
    }));
    return { status: 'REFUNDED' };
  } catch (error) {
    return { status: error.name === 'ConditionalCheckFailedException' ? 'UNKNOWN' : 'FAILED' };
  }`;

/** A payment provider that refunds what it has charged, and cannot prevent a charge that is still to come. */
function payment(stack: Stack): IOrderStep[] {
  const table = new Table(stack, 'Provider', { tableName: 'provider', partitionKey: { name: 'key', type: AttributeType.STRING } });
  const [charge, refund] = [inlineFunction(stack, 'Charge', CHARGE), inlineFunction(stack, 'Refund', REFUND)];
  [charge, refund].forEach((handler) => {
    handler.addEnvironment('TABLE', table.tableName);
    table.grantReadWriteData(handler);
  });
  return [new ValidateOrder(), new ProcessPayment({ charge, refund, retry: { maxAttempts: 0 } })];
}

let shop: SagaFixture;
beforeAll(async () => {
  shop = await openSaga(undefined, payment);
});
afterEach(() => shop.orders.faults.clear());
afterAll(() => shop.cloud.close());

test.each([100, CHARGE_TIMEOUT_MS / 2, CHARGE_TIMEOUT_MS])('a charge that lands %i ms after its time-out is refunded', async (lateByMs) => {
  const orderId = `late-${lateByMs}`;
  shop.orders.faults.state('ProcessPayment').always().succeedsLate(lateByMs);

  const outcome = await shop.orders.process(order(orderId));

  expect(outcome).toMatchObject({ status: 'REFUNDED', reason: 'FAILED: ProcessPayment failed' });
  expect(await shop.cloud.item('provider', { key: keyOf(shop.cloud, orderId, 'ProcessPayment') })).toMatchObject({ status: 'REFUNDED' });
});
