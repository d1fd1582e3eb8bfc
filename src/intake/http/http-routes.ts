import { aws_apigatewayv2 as apigwv2, aws_iam as iam, aws_lambda as lambda } from 'aws-cdk-lib';
import { OneFunctionIntegration } from './one-function-integration';

const ROUTES: [method: apigwv2.HttpMethod, path: string][] = [
  [apigwv2.HttpMethod.POST, '/orders'],
  [apigwv2.HttpMethod.GET, '/orders/{orderId}'],
  [apigwv2.HttpMethod.GET, '/orders/{orderId}/history'],
  [apigwv2.HttpMethod.POST, '/orders/{orderId}/cancel'],
  [apigwv2.HttpMethod.POST, '/orders/{orderId}/decision'],
];

/** Adds the routes of the API, all of them to one function, which permits the API once. @internal */
export function addHttpRoutes(api: apigwv2.HttpApi, fn: lambda.Function, authorizer?: apigwv2.IHttpRouteAuthorizer): void {
  const integration = new OneFunctionIntegration('Orders', fn);
  for (const [method, path] of ROUTES) {
    api.addRoutes({ path, methods: [method], integration, authorizer });
  }
  fn.addPermission('Routes', {
    principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: api.arnForExecuteApi('*', '/*', '*'),
  });
}
