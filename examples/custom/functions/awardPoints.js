const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, PutCommand } = require('@aws-sdk/lib-dynamodb');

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

/** Awards points for an order, in an item of its own, so that a duplicate event awards no more. */
exports.handler = async ({ detail: { userId, orderId } }) => {
  await database.send(new PutCommand({
    TableName: process.env.POINTS,
    Item: { userId, orderId, points: Number(process.env.POINTS_PER_ORDER) },
  }));
};
