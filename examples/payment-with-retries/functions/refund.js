const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, UpdateCommand } = require('@aws-sdk/lib-dynamodb');

const gateway = DynamoDBDocumentClient.from(new DynamoDBClient());

/** Takes a charge back. Where there is none, its key is used up, so that a charge which is late finds it taken. */
exports.handler = async ({ orderId, chargeKey }) => {
  const { Attributes: charge } = await gateway.send(new UpdateCommand({
    TableName: process.env.CHARGES,
    Key: { key: chargeKey },
    UpdateExpression: 'SET #status = :refunded, orderId = :orderId',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':refunded': 'REFUNDED', ':orderId': orderId },
    ReturnValues: 'ALL_NEW',
  }));
  return { status: charge.transactionId ? 'REFUNDED' : 'NOTHING_TO_REFUND' };
};
