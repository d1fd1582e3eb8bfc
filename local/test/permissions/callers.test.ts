import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpRoute, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration, WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { WebSocket } from 'ws';
import { LocalCloud, LocalCloudOptions } from '../../src';
import { JsonObject } from '../../src/json';
import { inlineFunction, openCloud } from '../services/cloud-fixture';

const ECHO = 'async (event) => ({ statusCode: 200, body: JSON.stringify(event.requestContext) })';
const CALL = `async () => {
  const authorization = 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/us-east-1/execute-api/aws4_request';
  return (await fetch(process.env.API, { headers: { authorization } })).status;
}`;

let website: Role;
let cloud: LocalCloud;

/** A table and APIs which the website may use and the guest may not. */
function shop(stack: Stack): void {
  website = new Role(stack, 'Website', { assumedBy: new AccountPrincipal('000000000000') });
  const guest = new Role(stack, 'Guest', { assumedBy: new AccountPrincipal('000000000000'), roleName: 'guest' });
  const table = new Table(stack, 'Table', { tableName: 'orders', partitionKey: { name: 'id', type: AttributeType.STRING } });
  table.grantReadData(website);
  const echo = inlineFunction(stack, 'echo', ECHO);
  const api = new HttpApi(stack, 'Api', { defaultAuthorizer: new HttpIamAuthorizer() });
  const [route] = api.addRoutes({ path: '/orders', methods: [HttpMethod.GET], integration: new HttpLambdaIntegration('Echo', echo) }) as HttpRoute[];
  route.grantInvoke(website);
  const calling = inlineFunction(stack, 'calling', CALL, { environment: { API: `${api.apiEndpoint}/orders` } });
  route.grantInvoke(calling);
  inlineFunction(stack, 'calling-without', CALL, { environment: { API: `${api.apiEndpoint}/orders` } });
  const feed = new WebSocketApi(stack, 'Feed', {
    connectRouteOptions: { integration: new WebSocketLambdaIntegration('Connect', echo), authorizer: new WebSocketIamAuthorizer() },
  });
  new WebSocketStage(stack, 'Live', { webSocketApi: feed, stageName: 'live', autoDeploy: true });
  feed.grantManageConnections(guest);
  website.addToPrincipalPolicy(new PolicyStatement({
    actions: ['execute-api:Invoke'], resources: [feed.arnForExecuteApiV2('$connect', 'live')],
  }));
}

const open = async (options: LocalCloudOptions = {}) => ({ cloud } = await openCloud(shop, { onDenied: () => undefined, ...options }));
const read = (from: Pick<LocalCloud, 'clientConfig'>) => new DynamoDBClient(from.clientConfig).send(new GetItemCommand({ TableName: 'orders', Key: { id: { S: '1' } } }));
const write = (from: Pick<LocalCloud, 'clientConfig'>) => new DynamoDBClient(from.clientConfig).send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: '1' } } }));
const urlOf = (protocol: 'HTTP' | 'WEBSOCKET') => cloud.apis.find((api) => api.protocol === protocol)!.url;

async function get(headers: Record<string, string>): Promise<{ status: number; iam: JsonObject | undefined }> {
  const response = await fetch(`${urlOf('HTTP')}orders`, { headers });
  const { authorizer } = await response.json() as { authorizer?: { iam: JsonObject } };
  return { status: response.status, iam: authorizer?.iam };
}

/** The status with which a client is refused, or 101. */
function connect(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(urlOf('WEBSOCKET'), { headers });
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode!));
  });
}

async function invoke(FunctionName: string): Promise<unknown> {
  const caller = { kind: 'outside', name: 'test' } as const;
  return JSON.parse(String((await cloud.calls.perform({ service: 'lambda', operation: 'Invoke', input: { FunctionName, Payload: '{}' }, caller })).Payload));
}

afterEach(() => cloud.close());

describe('a caller from outside', () => {
  it('is the account\'s own, and may do everything', async () => {
    await open();
    await write(cloud);
    expect((await read(cloud)).Item).toEqual({ id: { S: '1' } });
    expect((await get({ authorization: 'Credential=somewhere/20260101/us-east-1/execute-api/aws4_request' })).status).toBe(200);
  });

  it.each<[string, () => Parameters<LocalCloud['as']>[0]]>([
    ['construct', () => website],
    ['path', () => 'Test/Website'],
    ['ARN', () => cloud.stacks[0].resources.find(({ path }) => path === 'Test/Website/Resource')!.arn!],
  ])('calls in the name of a role, given by its %s', async (_, role) => {
    await open();
    const caller = cloud.as(role());
    await read(caller);
    await expect(write(caller)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(/^User: arn:aws:sts::000000000000:assumed-role\/Test-Website\w+\/\S+ is not authorized to perform: dynamodb:PutItem on /) as string,
    });
  });

  it('calls with the name of a role in its access key, as the AWS CLI may have it', async () => {
    await open();
    const credentials = { accessKeyId: 'LOCAL.role.guest', secretAccessKey: 'x' };
    await expect(read({ clientConfig: { ...cloud.clientConfig, credentials } })).rejects.toMatchObject({ name: 'AccessDeniedException' });
    credentials.accessKeyId = 'LOCAL.role.gast';
    await expect(read({ clientConfig: { ...cloud.clientConfig, credentials } })).rejects.toMatchObject({
      name: 'UnrecognizedClientException', message: expect.stringMatching(/^there is no role 'gast'; there are Test\/Website, Test\/Guest, /) as string,
    });
  });

  it('that is a role of no template is refused', async () => {
    await open();
    expect(() => cloud.as('Test/Gast')).toThrow('there is no role \'Test/Gast\'; there are Test/Website, Test/Guest, ');
    expect(() => cloud.as('arn:aws:iam::000000000000:role/gast')).toThrow('no template makes the role arn:aws:iam::000000000000:role/gast; there are Test/Website, ');
  });

  it('calls in the name of the role that the cloud is started with, unless it names another', async () => {
    await open({ as: 'Test/Guest' });
    await expect(read(cloud)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await read(cloud.as('Test/Website'));
    expect(await cloud.item('orders', { id: '1' })).toBeUndefined();
    expect(cloud.permissions.denied).toMatchObject([{ action: 'dynamodb:GetItem', advice: expect.stringMatching(/table\.grantReadData\(guest\)$/) as string }]);
  });
});

describe('an HTTP API with IAM authorization', () => {
  it('admits a role that may invoke the route, and gives the function its session', async () => {
    await open();
    const { status, iam } = await get(cloud.as('Test/Website').headers);
    expect(status).toBe(200);
    expect(iam!.userArn).toMatch(/^arn:aws:sts::000000000000:assumed-role\/Test-Website\w+\//);
  });

  it('refuses a role that may not, and the denial says what is missing', async () => {
    await open();
    expect((await get(cloud.as('Test/Guest').headers)).status).toBe(403);
    expect(cloud.permissions.denied).toMatchObject([
      { action: 'execute-api:Invoke', resource: expect.stringMatching(/^arn:aws:execute-api:us-east-1:000000000000:api1\/\$default\/GET\/orders$/) as string },
    ]);
  });

  it('admits a function by the role of the function', async () => {
    await open();
    expect([await invoke('calling'), await invoke('calling-without')]).toEqual([200, 403]);
  });
});

it('a WebSocket API with IAM authorization admits a role that may connect, and no other', async () => {
  await open();
  expect(await connect(cloud.as('Test/Website').headers)).toBe(101);
  expect(await connect(cloud.as('Test/Guest').headers)).toBe(403);
});
