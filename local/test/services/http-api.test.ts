import { CfnOutput } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpIamAuthorizer,
  HttpJwtAuthorizer,
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { openCloud, inlineFunction, TestCloud } from './cloud-fixture';

let test1: TestCloud;
let url: string;

beforeAll(async () => {
  test1 = await openCloud((stack) => {
    const echo = new HttpLambdaIntegration('Echo', inlineFunction(stack, 'echo', 'async (event) => event'));
    const answer = new HttpLambdaIntegration(
      'Answer',
      inlineFunction(
        stack,
        'answer',
        `async () => ({
      statusCode: 202, headers: { 'X-Order': 'order-1' }, cookies: ['a=1', 'b=2'],
      body: Buffer.from('accepted').toString('base64'), isBase64Encoded: true,
    })`,
      ),
    );
    const broken = new HttpLambdaIntegration('Broken', inlineFunction(stack, 'broken', 'async () => { throw new Error("no"); }'));
    const api = new HttpApi(stack, 'Api', {
      corsPreflight: { allowOrigins: ['https://shop.example'], allowMethods: [CorsHttpMethod.POST], allowHeaders: ['authorization'] },
    });
    const authorizer = new HttpLambdaAuthorizer(
      'Authorizer',
      inlineFunction(
        stack,
        'authorizer',
        `async ({ headers, routeArn }) => ({
      isAuthorized: headers.authorization === 'let me in', context: { user: 'user-1', routeArn },
    })`,
      ),
      { responseTypes: [HttpLambdaResponseType.SIMPLE] },
    );
    const jwt = new HttpJwtAuthorizer('Jwt', 'https://issuer.example', { jwtAudience: ['orders'] });
    const add = (path: string, method: HttpMethod, integration: HttpLambdaIntegration, more = {}) =>
      api.addRoutes({ path, methods: [method], integration, ...more });
    add('/orders', HttpMethod.POST, echo);
    add('/orders/{orderId}', HttpMethod.GET, echo);
    add('/orders/special', HttpMethod.GET, answer);
    add('/broken', HttpMethod.GET, broken);
    add('/files/{proxy+}', HttpMethod.ANY, echo, { authorizer: new HttpNoneAuthorizer() });
    add('/mine', HttpMethod.GET, echo, { authorizer });
    add('/signed', HttpMethod.GET, echo, { authorizer: new HttpIamAuthorizer() });
    add('/token', HttpMethod.GET, echo, { authorizer: jwt, authorizationScopes: ['orders:read'] });
    new CfnOutput(stack, 'Url', { value: api.url! });
  });
  url = test1.cloud.outputs.Url.replace(/\/$/, '');
});

afterAll(() => test1.cloud.close());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${url}${path}`, { headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test('a function gets the request as payload format 2.0 has it', async () => {
  const response = await fetch(`${url}/orders?a=1&a=2`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'cookie': 'x=1; y=2' },
    body: '{"orderId":"order-1"}',
  });
  expect(await response.json()).toMatchObject({
    version: '2.0',
    routeKey: 'POST /orders',
    rawPath: '/orders',
    rawQueryString: 'a=1&a=2',
    queryStringParameters: { a: '1,2' },
    cookies: ['x=1', 'y=2'],
    headers: { 'content-type': 'application/json' },
    body: '{"orderId":"order-1"}',
    isBase64Encoded: false,
    requestContext: {
      stage: '$default',
      routeKey: 'POST /orders',
      http: { method: 'POST', path: '/orders' },
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1767225600000,
    },
  });
});

test('the most exact route wins, and path parameters are named', async () => {
  expect((await get('/orders/order%201')).body).toMatchObject({
    routeKey: 'GET /orders/{orderId}',
    pathParameters: { orderId: 'order 1' },
  });
  expect((await get('/files/a/b')).body).toMatchObject({ routeKey: 'ANY /files/{proxy+}', pathParameters: { proxy: 'a/b' } });
  expect(await get('/nothing')).toEqual({ status: 404, body: { message: 'Not Found' } });
});

test('an answer has the status, headers, cookies and body that the function gave', async () => {
  const response = await fetch(`${url}/orders/special`);
  expect([response.status, response.headers.get('x-order'), response.headers.getSetCookie(), await response.text()]).toEqual([
    202,
    'order-1',
    ['a=1', 'b=2'],
    'accepted',
  ]);
});

test('a function that fails is an internal error, without what it said', async () => {
  expect(await get('/broken')).toEqual({ status: 500, body: { message: 'Internal Server Error' } });
});

test('an authorizer function decides, and its context reaches the handler', async () => {
  expect(await get('/mine')).toEqual({ status: 401, body: { message: 'Unauthorized' } });
  expect(await get('/mine', { authorization: 'please' })).toEqual({ status: 403, body: { message: 'Forbidden' } });
  expect((await get('/mine', { authorization: 'let me in' })).body).toMatchObject({
    requestContext: {
      authorizer: {
        lambda: {
          user: 'user-1',
          routeArn: expect.stringMatching(/^arn:aws:execute-api:us-east-1:000000000000:api1\/\$default\/GET\/mine$/),
        },
      },
    },
  });
});

test('a signed request passes where IAM authorization is required, another does not', async () => {
  expect((await get('/signed')).status).toBe(403);
  const authorization = 'AWS4-HMAC-SHA256 Credential=backend/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0';
  expect((await get('/signed', { authorization })).body).toMatchObject({
    requestContext: { authorizer: { iam: { accessKey: 'backend' } } },
  });
});

test('a token is checked for issuer, audience, expiry and scope', async () => {
  const token = (claims: object) => ({
    authorization: `Bearer x.${Buffer.from(
      JSON.stringify({
        iss: 'https://issuer.example',
        aud: 'orders',
        sub: 'user-1',
        scope: 'orders:read orders:write',
        ...claims,
      }),
    ).toString('base64url')}.x`,
  });
  expect((await get('/token', token({}))).body).toMatchObject({
    requestContext: { authorizer: { jwt: { claims: { sub: 'user-1' }, scopes: ['orders:read'] } } },
  });
  expect((await get('/token', token({ iss: 'https://other.example' }))).status).toBe(401);
  expect((await get('/token', token({ aud: 'others' }))).status).toBe(401);
  expect((await get('/token', token({ exp: 1 }))).status).toBe(401);
  expect((await get('/token', token({ scope: 'nothing' }))).status).toBe(403);
  expect((await get('/token')).status).toBe(401);
});

test('a browser of an allowed origin may send preflight and other requests', async () => {
  const preflight = await fetch(`${url}/orders`, {
    method: 'OPTIONS',
    headers: { 'origin': 'https://shop.example', 'access-control-request-method': 'POST' },
  });
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'POST']);
  const read = await fetch(`${url}/orders/1`, { headers: { origin: 'https://shop.example' } });
  expect(read.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  const other = await fetch(`${url}/orders/1`, { headers: { origin: 'https://other.example' } });
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
});
