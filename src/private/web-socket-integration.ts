import { Stack, aws_apigatewayv2 as apigwv2, aws_lambda as lambda } from 'aws-cdk-lib';

/**
 * The integration of a function that serves several routes of a WebSocket API.
 *
 * The integration of the CDK adds a permission for each route; here the function permits the API once.
 *
 * @internal
 */
export class WebSocketIntegration extends apigwv2.WebSocketRouteIntegration {
  constructor(id: string, private readonly fn: lambda.IFunction) {
    super(id);
  }

  public bind({ scope }: apigwv2.WebSocketRouteIntegrationBindOptions): apigwv2.WebSocketRouteIntegrationConfig {
    return {
      type: apigwv2.WebSocketIntegrationType.AWS_PROXY,
      uri: Stack.of(scope).formatArn({
        service: 'apigateway',
        account: 'lambda',
        resource: 'path/2015-03-31/functions',
        resourceName: `${this.fn.functionArn}/invocations`,
      }),
    };
  }
}
