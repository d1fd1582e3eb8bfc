const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, PutCommand } = require('@aws-sdk/lib-dynamodb');

const database = DynamoDBDocumentClient.from(new DynamoDBClient());

/** Opens a ticket for each order that failed; a later alert replaces the ticket. */
exports.handler = async ({ Records }) => {
  for (const { Sns: { Message } } of Records) {
    const { orderId, kind, step, cause } = JSON.parse(Message);
    await database.send(new PutCommand({
      TableName: process.env.TICKETS,
      Item: { orderId, workflow: process.env.WORKFLOW, title: `${kind} at ${step}`, cause },
    }));
  }
};
