import { Duration, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { inlineFunction } from '../services/cloud-fixture';

/** Puts an item by a call of its own, without the SDK, which takes long to load. */
const WRITER = `async ({ id }) => {
  await fetch(process.env.AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      'authorization': 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/us-east-1/dynamodb/aws4_request',
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.PutItem',
    },
    body: JSON.stringify({ TableName: 'orders', Item: { id: { S: 'written-' + id }, expiresAt: { N: '1' } } }),
  });
}`;

/** A stack in which everything that a cloud does in the background is under way while an execution runs. */
export function describeBusyStack(stack: Stack): void {
  const table = new Table(stack, 'Orders', {
    tableName: 'orders',
    partitionKey: { name: 'id', type: AttributeType.STRING },
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: 'expiresAt',
  });
  const queue = new Queue(stack, 'Shipping', { queueName: 'shipping' });
  const topic = new Topic(stack, 'Alerts', { topicName: 'alerts' });
  topic.addSubscription(new SqsSubscription(queue));
  const writer = inlineFunction(stack, 'writer', WRITER);
  const watcher = inlineFunction(stack, 'watcher', 'async () => ({ statusCode: 200 })');
  const failing = inlineFunction(stack, 'failing', 'async () => { throw new Error(\'cannot\'); }', { retryAttempts: 1 });
  watcher.addEventSource(new DynamoEventSource(table, { startingPosition: StartingPosition.TRIM_HORIZON, parallelizationFactor: 4 }));
  failing.addEventSource(new SqsEventSource(queue, { batchSize: 1 }));
  new Rule(stack, 'Placed', { eventPattern: { source: ['shop'] }, targets: [new LambdaFunction(writer), new LambdaFunction(failing)] });
  const api = new WebSocketApi(stack, 'Feed', { connectRouteOptions: { integration: new WebSocketLambdaIntegration('Connect', watcher) } });
  api.addRoute('$disconnect', { integration: new WebSocketLambdaIntegration('Disconnect', watcher) });
  new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'v1', autoDeploy: true });
  table.grantWriteData(writer);
  const machine = new StateMachine(stack, 'Machine', {
    stateMachineName: 'machine',
    timeout: Duration.minutes(5),
    definitionBody: DefinitionBody.fromString(JSON.stringify({
      QueryLanguage: 'JSONata',
      StartAt: 'Write',
      States: {
        Write: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'writer', Payload: '{% $states.input %}' }, Output: '{% $states.input %}', Next: 'Put' },
        Put: { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:putItem', Arguments: { TableName: 'orders', Item: { id: { S: '{% $states.input.id %}' } } }, Next: 'Publish' },
        Publish: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', Arguments: { TopicArn: topic.topicArn, Message: 'placed' }, Next: 'Emit' },
        Emit: { Type: 'Task', Resource: 'arn:aws:states:::events:putEvents', Arguments: { Entries: [{ Source: 'shop', DetailType: 'placed', Detail: { id: 'emitted' } }] }, Next: 'Wait' },
        Wait: { Type: 'Wait', Seconds: 60, End: true },
      },
    })),
  });
  writer.grantInvoke(machine);
  table.grantWriteData(machine);
  topic.grantPublish(machine);
  EventBus.grantAllPutEvents(machine);
}
