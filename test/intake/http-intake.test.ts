import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer, HttpLambdaAuthorizer, WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ROUTES } from '../../lambda-src/intake/http/routes';
import { HttpIntake, HttpIntakeProps } from '../../src';
import { environmentOf, takenIn } from '../support/intakes';
import { newStack, userFunction } from '../support/workflow';

const jwt = () => new HttpJwtAuthorizer('Jwt', 'https://issuer.example', { jwtAudience: ['orders'] });
const withHttp = (props: HttpIntakeProps = {}) => takenIn(() => [new HttpIntake(props)]);

describe('who may call', () => {
  test('is IAM on every route, and the routes are those that the handler has', () => {
    const { template } = withHttp();
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties);

    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(Object.keys(ROUTES).sort());
    expect(new Set(routes.map(({ AuthorizationType }) => AuthorizationType))).toEqual(new Set(['AWS_IAM']));
  });

  test.each([
    ['JWT', (_stack: Stack) => jwt()],
    ['CUSTOM', (stack: Stack) => new HttpLambdaAuthorizer('Custom', userFunction(stack, 'Authorizer'))],
  ])('is who the authorizer lets in, on every route: %s', (type, make) => {
    const stack = newStack();
    const authorizer = make(stack);
    const taken = takenIn(() => [new HttpIntake({ authorizer, userClaim: 'email' })], {}, stack);

    taken.template.allResourcesProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: type, AuthorizerId: Match.anyValue() });
    expect(environmentOf(taken)).toMatchObject({ AUTHORIZATION: 'claim', USER_CLAIM: 'email', MAY_DECIDE: 'nobody' });
  });

  test('is anybody only where that is said, with a warning', () => {
    const taken = withHttp({ openToAll: true });

    taken.template.allResourcesProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: 'NONE' });
    expect(environmentOf(taken)).toMatchObject({ AUTHORIZATION: 'none', MAY_DECIDE: 'nobody' });
    Annotations.fromStack(taken.stack).hasWarning('/Shop/Orders/Intakes/HttpIntake', Match.stringLikeRegexp('anybody can place orders for anybody'));
  });

  test.each([
    [undefined, 'set statusFeed, {} for its defaults'],
    [{ authorizer: new WebSocketIamAuthorizer() }, 'leave out the authorizer of statusFeed'],
  ])('and where that leaves nobody who can read the orders, there is a warning with what to do', (statusFeed, whatToDo) => {
    const { stack } = takenIn(() => [new HttpIntake({ openToAll: true })], { statusFeed });

    Annotations.fromStack(stack).hasWarning('/Shop/Orders/Intakes/HttpIntake', Match.stringLikeRegexp(`nobody can read or cancel .*${whatToDo}`));
    Annotations.fromStack(takenIn(() => [new HttpIntake({ openToAll: true })], { statusFeed: {} }).stack)
      .hasNoWarning('/Shop/Orders/Intakes/HttpIntake', Match.stringLikeRegexp('nobody can read'));
  });

  test('needs no warning otherwise', () => {
    Annotations.fromStack(withHttp().stack).hasNoWarning('/Shop/Orders/Intakes/HttpIntake', Match.anyValue());
  });

  test.each<[string, HttpIntakeProps, object]>([
    ['with IAM whoever may call', {}, { AUTHORIZATION: 'iam', MAY_DECIDE: 'iam' }],
    ['with an authorizer who has the claim', { authorizer: jwt(), deciderClaim: 'role=approver=1' },
      { AUTHORIZATION: 'claim', MAY_DECIDE: 'claim', DECIDER_CLAIM: 'role', DECIDER_VALUE: 'approver=1', USER_CLAIM: 'sub' }],
  ])('and decides: %s', (_who, props, environment) => {
    expect(environmentOf(withHttp(props))).toMatchObject(environment);
  });

  test.each<[RegExp, HttpIntakeProps]>([
    [/has an authorizer and is openToAll: leave out one of them/, { authorizer: jwt(), openToAll: true }],
    [/deciderClaim is 'approver': give the claim and its value, such as role=approver/, { authorizer: jwt(), deciderClaim: 'approver' }],
    [/deciderClaim is 'role=': give the claim and its value/, { authorizer: jwt(), deciderClaim: 'role=' }],
    [/deciderClaim is '=approver': give the claim and its value/, { authorizer: jwt(), deciderClaim: '=approver' }],
    [/has a deciderClaim but no authorizer that could tell claims/, { deciderClaim: 'role=approver' }],
    [/has a userClaim but no authorizer that could tell claims/, { userClaim: 'email' }],
    [/the authorizer of HttpIntake is AWS_IAM, which tells no claims: leave it out for IAM/, { authorizer: new HttpIamAuthorizer() }],
    [/the authorizer of HttpIntake is NONE, .* set openToAll for none/, { authorizer: new apigwv2.HttpNoneAuthorizer() }],
  ])('is refused at synth where it makes no sense: %s', (message, props) => {
    expect(() => new HttpIntake(props)).toThrow(message);
  });
});

describe('the API', () => {
  test('is throttled, and logs who was answered what, without query strings or headers', () => {
    const { template } = withHttp();
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 },
    });
    const [{ Properties }] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    const format = JSON.parse(Properties.AccessLogSettings.Format);
    expect(format).toEqual({
      requestId: '$context.requestId',
      routeKey: '$context.routeKey',
      status: '$context.status',
      requestTime: '$context.requestTime',
      error: '$context.error.message',
      integrationError: '$context.integrationErrorMessage',
    });
    expect(Properties.AccessLogSettings.DestinationArn['Fn::GetAtt'][0]).toMatch(/^OrdersIntakesHttpIntakeAccessLogs/);
  });

  test('can be throttled otherwise, and its logs kept longer', () => {
    const { template } = withHttp({ rateLimit: 5, burstLimit: 10, logRetention: logs.RetentionDays.ONE_YEAR });

    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  test('answers browsers of the web sites that are named, and no others', () => {
    withHttp().template.hasResourceProperties('AWS::ApiGatewayV2::Api', { CorsConfiguration: Match.absent() });
    withHttp({ cors: { allowOrigins: ['https://shop.example'], allowMethods: [apigwv2.CorsHttpMethod.POST] } }).template
      .hasResourceProperties('AWS::ApiGatewayV2::Api', { CorsConfiguration: { AllowOrigins: ['https://shop.example'], AllowMethods: ['POST'] } });
  });

  test('can have a domain of yours, which is then its URL', () => {
    const stack = newStack();
    const domainName = new apigwv2.DomainName(stack, 'Domain', {
      domainName: 'orders.shop.example',
      certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:111111111111:certificate/one'),
    });
    const intake = new HttpIntake({ domain: { domainName, mappingKey: 'v1' } });
    const { template } = takenIn(() => [intake], {}, stack);

    template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: 'v1', Stage: '$default' });
    expect(JSON.stringify(stack.resolve(intake.url))).toMatch(/^\{"Fn::Join":\["",\["https:\/\/",\{"Ref":"Domain[0-9A-F]{8}"\},"\/v1"\]\]\}$/);
  });

  test('is called by its own name, may call its function once, and can be reached from the app', () => {
    const intake = new HttpIntake();
    const { stack, template } = takenIn(() => [intake], { statusFeed: {} });

    template.hasResourceProperties('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP', Name: Match.stringLikeRegexp('^ShopOrdersIntakesHttpIntake') });
    expect(JSON.stringify(stack.resolve(intake.url))).toContain('.execute-api.');
    expect(stack.resolve(intake.api.apiId)).toEqual({ Ref: expect.stringMatching(/^OrdersIntakesHttpIntakeApi/) });
    const permissions = Object.keys(template.findResources('AWS::Lambda::Permission')).filter((id) => id.startsWith('OrdersIntakes'));
    expect(permissions).toHaveLength(1);
  });

  test('cannot be reached before the intake is part of a workflow', () => {
    expect(() => new HttpIntake().api).toThrow(/not part of a workflow yet, so it has no API: hand it to one first/);
    expect(() => new HttpIntake().url).toThrow(/not part of a workflow yet/);
  });
});

test('the function knows the orders, the alias, the locks, and where to watch', () => {
  const taken = takenIn(() => [new HttpIntake()], { statusFeed: {}, defaultCurrency: 'EUR' });

  expect(environmentOf(taken)).toMatchObject({
    ORDERS_TABLE: { Ref: expect.stringMatching(/^OrdersTablesOrders/) },
    STATE_MACHINE_ARN: { 'Fn::GetAtt': [expect.stringMatching(/^OrdersSagaReleaseAlias/), 'Arn'] },
    IDEMPOTENCY_TABLE: { Ref: expect.stringMatching(/^OrdersLocks/) },
    DEFAULT_CURRENCY: 'EUR',
    FEED_URL: expect.anything(),
    WATCH_SECRET_ARN: expect.anything(),
    TOKEN_VALIDITY_SECONDS: String(7 * 24 * 3600),
  });
});
