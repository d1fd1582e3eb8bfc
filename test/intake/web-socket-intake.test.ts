import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketIntake } from '../../src';
import { intakeFixture } from '../support/intakes';

const PLACE = '/Shop/Orders/Intakes/';

describe('the routes of a WebSocketIntake', () => {
  test('are routes of the feed with a response, behind its authorizer', () => {
    const { stack, template } = intakeFixture(() => [new WebSocketIntake()], { statusFeed: { authorizer: new WebSocketIamAuthorizer() } });

    for (const RouteKey of ['submitOrder', 'cancelOrder']) {
      template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey, RouteResponseSelectionExpression: '$default' });
    }
    Annotations.fromStack(stack).hasNoWarning(`${PLACE}WebSocket`, Match.anyValue());
  });

  test('have a warning if the feed has no authorizer', () => {
    const { stack } = intakeFixture(() => [new WebSocketIntake()], { statusFeed: {} });

    Annotations.fromStack(stack).hasWarning(`${PLACE}WebSocket`, Match.stringLikeRegexp('any caller can place orders for any user over this WebSocket API'));
  });

  test('are refused without a status feed', () => {
    expect(() => intakeFixture(() => [new WebSocketIntake()])).toThrow(/the workflow has no WebSocket API: set statusFeed, \{\} for its defaults/);
  });
});
