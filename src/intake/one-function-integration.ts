import { aws_apigatewayv2_integrations as integrations } from 'aws-cdk-lib';

/**
 * The integration of a function that serves all routes of an API.
 *
 * The one of the CDK gives each route a permission of its own; here the function allows the API once.
 *
 * @internal
 */
export class OneFunctionIntegration extends integrations.HttpLambdaIntegration {
  protected completeBind(): void {}
}
