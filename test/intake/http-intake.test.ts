import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer, HttpLambdaAuthorizer, WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ROUTES } from '../../lambda-src/intake/http/routes';
import { HttpIntake, HttpIntakeProps } from '../../src';
import { environmentOf, intakeFixture } from '../support/intakes';
import { newStack, userFunction } from '../support/workflow';

const jwt = () => new HttpJwtAuthorizer('Jwt', 'https://issuer.example', { jwtAudience: ['orders'] });
const withHttp = (props: HttpIntakeProps = {}) => intakeFixture(() => [new HttpIntake(props)]);

describe('the authorization of an HttpIntake', () => {
  test('is IAM on every route, and the routes are those of the handler', () => {
    const { template } = withHttp();
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties);

    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(Object.keys(ROUTES).sort());
    expect(new Set(routes.map(({ AuthorizationType }) => AuthorizationType))).toEqual(new Set(['AWS_IAM']));
  });

  test.each([
    ['JWT', (_stack: Stack) => jwt()],
    ['CUSTOM', (stack: Stack) => new HttpLambdaAuthorizer('Custom', userFunction(stack, 'Authorizer'))],
  ])('is the authorizer on every route: %s', (type, make) => {
    const stack = newStack();
    const authorizer = make(stack);
    const taken = intakeFixture(() => [new HttpIntake({ authorizer, userClaim: 'email' })], {}, stack);

    taken.template.allResourcesProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: type, AuthorizerId: Match.anyValue() });
    expect(environmentOf(taken)).toMatchObject({ AUTHORIZATION: 'claim', USER_CLAIM: 'email' });
    expect(environmentOf(taken)).not.toHaveProperty('MAY_DECIDE');
  });

  test('is none only with openToAll, with a warning', () => {
    const taken = withHttp({ openToAll: true });

    taken.template.allResourcesProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: 'NONE' });
    expect(environmentOf(taken)).toMatchObject({ AUTHORIZATION: 'none' });
    expect(environmentOf(taken)).not.toHaveProperty('MAY_DECIDE');
    Annotations.fromStack(taken.stack).hasWarning('/Shop/Orders/Intakes/Http', Match.stringLikeRegexp('any caller can place orders for any user'));
  });

  test.each([
    [undefined, 'set statusFeed, {} for its defaults'],
    [{ authorizer: new WebSocketIamAuthorizer() }, 'leave out the authorizer of statusFeed'],
  ])('warns with the remedy if no caller can read the orders', (statusFeed, whatToDo) => {
    const { stack } = intakeFixture(() => [new HttpIntake({ openToAll: true })], { statusFeed });

    Annotations.fromStack(stack).hasWarning('/Shop/Orders/Intakes/Http', Match.stringLikeRegexp(`no caller can read or cancel .*${whatToDo}`));
    Annotations.fromStack(intakeFixture(() => [new HttpIntake({ openToAll: true })], { statusFeed: {} }).stack)
      .hasNoWarning('/Shop/Orders/Intakes/Http', Match.stringLikeRegexp('no caller can read'));
  });

  test('has no warning otherwise', () => {
    Annotations.fromStack(withHttp().stack).hasNoWarning('/Shop/Orders/Intakes/Http', Match.anyValue());
  });

  test.each<[string, HttpIntakeProps, object]>([
    ['every caller with IAM', {}, { AUTHORIZATION: 'iam', MAY_DECIDE: 'iam' }],
    ['a caller with the claim with an authorizer', { authorizer: jwt(), deciderClaim: 'role=approver=1' },
      { AUTHORIZATION: 'claim', MAY_DECIDE: 'claim', DECIDER_CLAIM: 'role', DECIDER_VALUE: 'approver=1', USER_CLAIM: 'sub' }],
  ])('decides who may decide: %s', (_who, props, environment) => {
    expect(environmentOf(withHttp(props))).toMatchObject(environment);
  });

  test.each<[RegExp, HttpIntakeProps]>([
    [/has an authorizer and is openToAll: leave out one of them/, { authorizer: jwt(), openToAll: true }],
    [/deciderClaim is 'approver': set the claim and its value, such as role=approver/, { authorizer: jwt(), deciderClaim: 'approver' }],
    [/deciderClaim is 'role=': set the claim and its value/, { authorizer: jwt(), deciderClaim: 'role=' }],
    [/deciderClaim is '=approver': set the claim and its value/, { authorizer: jwt(), deciderClaim: '=approver' }],
    [/has a deciderClaim but no authorizer, and only an authorizer has claims: set one, or leave out the deciderClaim/, { deciderClaim: 'role=approver' }],
    [/has a userClaim but no authorizer/, { userClaim: 'email' }],
    [/the authorizer of HttpIntake is AWS_IAM, which has no claims: leave it out for IAM/, { authorizer: new HttpIamAuthorizer() }],
    [/the authorizer of HttpIntake is NONE, .* set openToAll for none/, { authorizer: new apigwv2.HttpNoneAuthorizer() }],
  ])('is refused at synth if it contradicts itself: %s', (message, props) => {
    expect(() => new HttpIntake(props)).toThrow(message);
  });
});

describe('the API of an HttpIntake', () => {
  test('is throttled, and has access logs without query strings and headers', () => {
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
    expect(Properties.AccessLogSettings.DestinationArn['Fn::GetAtt'][0]).toMatch(/^OrdersIntakesHttpAccessLogs/);
  });

  test('has the configured throttling and log retention', () => {
    const { template } = withHttp({ rateLimit: 5, burstLimit: 10, logRetention: logs.RetentionDays.ONE_YEAR });

    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  test('has CORS only if it is configured', () => {
    withHttp().template.hasResourceProperties('AWS::ApiGatewayV2::Api', { CorsConfiguration: Match.absent() });
    withHttp({ cors: { allowOrigins: ['https://shop.example'], allowMethods: [apigwv2.CorsHttpMethod.POST] } }).template
      .hasResourceProperties('AWS::ApiGatewayV2::Api', { CorsConfiguration: { AllowOrigins: ['https://shop.example'], AllowMethods: ['POST'] } });
  });

  test('has its custom domain as its URL', () => {
    const stack = newStack();
    const domainName = new apigwv2.DomainName(stack, 'Domain', {
      domainName: 'orders.shop.example',
      certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:111111111111:certificate/one'),
    });
    const intake = new HttpIntake({ domain: { domainName, mappingKey: 'v1' } });
    const { template } = intakeFixture(() => [intake], {}, stack);

    template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: 'v1', Stage: '$default' });
    expect(JSON.stringify(stack.resolve(intake.url))).toMatch(/^\{"Fn::Join":\["",\["https:\/\/",\{"Ref":"Domain[0-9A-F]{8}"\},"\/v1"\]\]\}$/);
  });

  test('has a unique name and one permission of its function', () => {
    const intake = new HttpIntake();
    const { stack, template } = intakeFixture(() => [intake], { statusFeed: {} });

    template.hasResourceProperties('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP', Name: Match.stringLikeRegexp('^ShopOrdersIntakesHttp') });
    expect(JSON.stringify(stack.resolve(intake.url))).toContain('.execute-api.');
    expect(stack.resolve(intake.api.apiId)).toEqual({ Ref: expect.stringMatching(/^OrdersIntakesHttpApi/) });
    const permissions = Object.keys(template.findResources('AWS::Lambda::Permission')).filter((id) => id.startsWith('OrdersIntakes'));
    expect(permissions).toHaveLength(1);
  });

  test('is refused before the intake is part of a workflow', () => {
    expect(() => new HttpIntake().api).toThrow(/not part of a workflow yet, so it has no API: pass it to a workflow first/);
    expect(() => new HttpIntake().url).toThrow(/not part of a workflow yet/);
  });
});

test('the function of an HttpIntake has the orders, the alias, the locks and the feed in its environment', () => {
  const taken = intakeFixture(() => [new HttpIntake()], { statusFeed: {}, defaultCurrency: 'EUR' });

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
