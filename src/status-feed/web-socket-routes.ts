import { ArnFormat, Stack, aws_apigatewayv2 as apigwv2, aws_iam as iam, aws_lambda as lambda } from 'aws-cdk-lib';
import { WebSocketIntegration } from '../private/web-socket-integration';

/** Adds routes to a WebSocket API, all of them to one function, which permits the stage once. @internal */
export function addWebSocketRoutes(
  api: apigwv2.WebSocketApi, stage: apigwv2.WebSocketStage, routeKeys: string[], handler: lambda.Function,
): void {
  const integration = new WebSocketIntegration('Integration', handler);
  handler.addPermission('Routes', {
    principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: api.arnForExecuteApiV2('*', stage.stageName),
  });
  for (const key of routeKeys) {
    api.addRoute(key, { integration, returnResponse: key !== '$disconnect' });
  }
}

/** Grants the connections of a stage: to send with `POST`, or everything with `*`. @internal */
export function grantConnections(stage: apigwv2.WebSocketStage, grantee: iam.IGrantable, method: string): iam.Grant {
  return iam.Grant.addToPrincipal({
    grantee,
    actions: ['execute-api:ManageConnections'],
    resourceArns: [Stack.of(stage).formatArn({
      service: 'execute-api',
      resource: stage.api.apiId,
      resourceName: `${stage.stageName}/${method}/@connections/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    })],
  });
}
