const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, UpdateCommand } = require('@aws-sdk/lib-dynamodb');

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

/** Awards points for an order once: a notice can come twice. */
exports.handler = async ({ detail: { userId, orderId } }) => {
  await database.send(new UpdateCommand({
    TableName: process.env.POINTS,
    Key: { userId },
    UpdateExpression: 'ADD points :points, orderIds :orders',
    ConditionExpression: 'NOT contains(orderIds, :orderId)',
    ExpressionAttributeValues: { ':points': Number(process.env.POINTS_PER_ORDER), ':orders': new Set([orderId]), ':orderId': orderId },
  })).catch((error) => {
    if (error.name !== 'ConditionalCheckFailedException') throw error;
  });
};
