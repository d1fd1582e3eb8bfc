const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, GetCommand, PutCommand } = require('@aws-sdk/lib-dynamodb');
const { randomUUID } = require('node:crypto');

const gateway = DynamoDBDocumentClient.from(new DynamoDBClient());
const CARD_LIMIT = 1000;

/** Charges an order, once for each key: who asks again gets the first answer. */
exports.handler = async ({ orderId, key, amount, currency, order }) => {
  if (order.userId === 'offline') process.exit(1);
  const { Item: known } = await gateway.send(new GetCommand({ TableName: process.env.CHARGES, Key: { key }, ConsistentRead: true }));
  if (known) return known;

  const charge = amount > CARD_LIMIT
    ? { key, orderId, status: 'DECLINED', reason: `the card is good for ${CARD_LIMIT} ${currency}` }
    : { key, orderId, status: 'APPROVED', transactionId: `txn-${randomUUID()}`, amount, currency, provider: 'a table that stands for a gateway' };
  await gateway.send(new PutCommand({
    TableName: process.env.CHARGES,
    Item: charge,
    ConditionExpression: 'attribute_not_exists(orderId)',
  }));
  // The money is taken, and nobody gets to know: the next try finds the charge.
  if (order.userId === 'unlucky') process.exit(1);
  return charge;
};
