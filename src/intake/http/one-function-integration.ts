import { aws_apigatewayv2_integrations as integrations } from 'aws-cdk-lib';

/**
 * The integration of a function that serves all routes of an API.
 *
 * The integration of the CDK adds a permission for each route; here the function permits the API once.
 *
 * @internal
 */
export class OneFunctionIntegration extends integrations.HttpLambdaIntegration {
  protected completeBind(): void {}
}
