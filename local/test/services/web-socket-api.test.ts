import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { CfnOutput } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { WebSocket } from 'ws';
import { openCloud, inlineFunction, TestCloud } from './cloud-fixture';
import { JsonObject } from '../../src/json';

let test1: TestCloud;
let url: string;
let management: ApiGatewayManagementApiClient;

beforeAll(async () => {
  test1 = await openCloud((stack) => {
    const authorizer = inlineFunction(
      stack,
      'authorizer',
      `async ({ methodArn, queryStringParameters }) => ({
      principalId: queryStringParameters.user,
      policyDocument: { Statement: [{
        Effect: queryStringParameters.user === 'denied' ? 'Deny' : 'Allow', Action: 'execute-api:Invoke', Resource: methodArn,
      }] },
      context: { tenant: 'tenant-1' },
    })`,
    );
    const integration = (name: string, handler: string, environment = {}) =>
      new WebSocketLambdaIntegration(name, inlineFunction(stack, name, handler, { environment }));
    const api = new WebSocketApi(stack, 'Feed', {
      connectRouteOptions: {
        integration: integration(
          'connect',
          'async ({ queryStringParameters }) => ({ statusCode: queryStringParameters.user === "late" ? 410 : 200 })',
        ),
        authorizer: new WebSocketLambdaAuthorizer('Authorizer', authorizer, { identitySource: ['route.request.querystring.user'] }),
      },
      disconnectRouteOptions: { integration: integration('disconnect', 'async () => ({})') },
    });
    const stage = new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'live', autoDeploy: true });
    api.addRoute('whoami', {
      integration: integration('whoami', 'async (event) => ({ statusCode: 200, body: JSON.stringify(event) })'),
      returnResponse: true,
    });
    api.addRoute('fail', { integration: integration('fail', 'async () => { throw new Error("secret"); }') });
    const reply = `async ({ requestContext, body }) => {
      const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require('@aws-sdk/client-apigatewaymanagementapi');
      const client = new ApiGatewayManagementApiClient({ endpoint: process.env.CALLBACK_URL });
      await client.send(new PostToConnectionCommand({ ConnectionId: requestContext.connectionId, Data: 'you said ' + body }));
      return {};
    }`;
    const replying = inlineFunction(stack, 'reply', reply, { environment: { CALLBACK_URL: stage.callbackUrl } });
    stage.grantManagementApiAccess(replying);
    api.addRoute('reply', { integration: new WebSocketLambdaIntegration('reply', replying) });
    new CfnOutput(stack, 'Url', { value: stage.url });
    new CfnOutput(stack, 'Callback', { value: stage.callbackUrl });
  });
  url = test1.cloud.outputs.Url;
  management = new ApiGatewayManagementApiClient({ ...test1.cloud.clientConfig, endpoint: test1.cloud.outputs.Callback });
});

afterAll(() => test1.cloud.close());

class Client {
  public static connect(user: string): Promise<Client> {
    const client = new Client(new WebSocket(`${url}?user=${user}`));
    return new Promise((resolve, reject) => client.socket.on('open', () => resolve(client)).on('error', reject));
  }

  public readonly closed: Promise<number>;
  private readonly waiting: Array<(text: string) => void> = [];
  private readonly arrived: string[] = [];

  private constructor(public readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('message', (data: Buffer) => (this.waiting.shift() ?? ((text: string) => this.arrived.push(text)))(data.toString()));
  }

  public next(): Promise<string> {
    const text = this.arrived.shift();
    return text === undefined ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve(text);
  }

  public async request(message: object): Promise<JsonObject> {
    this.socket.send(JSON.stringify(message));
    return JSON.parse(await this.next()) as JsonObject;
  }

  public async id(): Promise<string> {
    return ((await this.request({ action: 'whoami' })).requestContext as JsonObject).connectionId as string;
  }
}

test('a client that the authorizer allows reaches its route, which gets the principal', async () => {
  const client = await Client.connect('user-1');
  expect(await client.request({ action: 'whoami', text: 'hi' })).toMatchObject({
    requestContext: {
      routeKey: 'whoami',
      eventType: 'MESSAGE',
      stage: 'live',
      connectionId: expect.any(String),
      connectedAt: 1767225600000,
      authorizer: { principalId: 'user-1', tenant: 'tenant-1' },
    },
    body: '{"action":"whoami","text":"hi"}',
  });
  expect(test1.received('connect')[0]).toMatchObject({
    requestContext: { eventType: 'CONNECT' },
    queryStringParameters: { user: 'user-1' },
    headers: { Host: expect.any(String) },
  });
  client.socket.close(1000, 'bye');
  await client.closed;
});

test('a client is refused by the authorizer, or by $connect, with its status', async () => {
  await expect(Client.connect('denied')).rejects.toThrow('403');
  await expect(Client.connect('')).rejects.toThrow('401');
  await expect(Client.connect('late')).rejects.toThrow('410');
});

test('a handler answers through the address in its environment', async () => {
  const client = await Client.connect('user-2');
  client.socket.send('{"action":"reply"}');
  expect(await client.next()).toBe('you said {"action":"reply"}');
  client.socket.close();
});

test('an unknown route and a handler that fails are reported to the sender, without details', async () => {
  const client = await Client.connect('user-3');
  expect(await client.request({ action: 'fail' })).toEqual({
    message: 'Internal server error',
    connectionId: expect.any(String),
    requestId: expect.any(String),
  });
  expect(await client.request({ action: 'unknown' })).toMatchObject({ message: 'Forbidden' });
  client.socket.send('no JSON');
  expect(JSON.parse(await client.next())).toMatchObject({ message: 'Forbidden' });
  client.socket.close();
});

test('a message is posted to a connection; a closed one is gone, and $disconnect says why', async () => {
  const client = await Client.connect('user-4');
  const ConnectionId = await client.id();
  await management.send(new PostToConnectionCommand({ ConnectionId, Data: '{"status":"COMPLETED"}' }));
  expect(await client.next()).toBe('{"status":"COMPLETED"}');
  expect(await management.send(new GetConnectionCommand({ ConnectionId }))).toMatchObject({
    ConnectedAt: new Date('2026-01-01T00:00:00Z'),
  });
  await expect(management.send(new PostToConnectionCommand({ ConnectionId, Data: 'x'.repeat(128 * 1024 + 1) }))).rejects.toMatchObject({
    name: 'PayloadTooLargeException',
  });

  await management.send(new DeleteConnectionCommand({ ConnectionId }));
  expect(await client.closed).toBe(1000);
  await expect(management.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' }))).rejects.toMatchObject({
    name: 'GoneException',
    $metadata: { httpStatusCode: 410 },
  });
  await test1.clock.idle();
  expect(test1.received('disconnect')).toContainEqual(
    expect.objectContaining({
      requestContext: expect.objectContaining({ eventType: 'DISCONNECT', connectionId: ConnectionId, disconnectStatusCode: 1000 }),
    }),
  );
});

test('a frame of 32 KB passes, a larger one closes the connection with 1009; a message may have many frames', async () => {
  const client = await Client.connect('user-5');
  const message = (bytes: number) => '{"action":"unknown"}'.padEnd(bytes);
  client.socket.send(message(32 * 1024));
  expect(JSON.parse(await client.next())).toMatchObject({ message: 'Forbidden' });
  const long = message(60 * 1024);
  client.socket.send(long.slice(0, 30 * 1024), { fin: false });
  client.socket.send(long.slice(30 * 1024), { fin: true });
  expect(JSON.parse(await client.next())).toMatchObject({ message: 'Forbidden' });
  client.socket.send(message(32 * 1024 + 1));
  expect(await client.closed).toBe(1009);
});

test('a connection without traffic ends after ten minutes, and any after two hours', async () => {
  const idle = await Client.connect('user-6');
  await test1.clock.advance(10 * 60_000);
  expect(await idle.closed).toBe(1001);

  const busy = await Client.connect('user-7');
  const ConnectionId = await busy.id();
  for (let minutes = 9; minutes < 120; minutes += 9) {
    await test1.clock.advance(9 * 60_000);
    await management.send(new PostToConnectionCommand({ ConnectionId, Data: 'still here' }));
  }
  await test1.clock.advance(9 * 60_000);
  expect(await busy.closed).toBe(1001);
});
