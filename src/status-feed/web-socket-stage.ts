import { aws_apigatewayv2 as apigwv2, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { StatusFeedOptions } from './status-feed-options';
import { orderLogGroup } from '../private/order-log-group';
import { WatchList } from '../watch-list';

/** Fields without the query string, which can hold a credential. */
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  connectionId: '$context.connectionId',
  eventType: '$context.eventType',
  routeKey: '$context.routeKey',
  status: '$context.status',
  requestTime: '$context.requestTime',
  error: '$context.error.messageString',
  integrationError: '$context.integrationErrorMessage',
});

/** The stage of the WebSocket API, with throttling and, if they are asked for, access logs. @internal */
export function webSocketStage(
  scope: Construct, webSocketApi: apigwv2.WebSocketApi, options: StatusFeedOptions, encryptionKey?: kms.IKey,
): apigwv2.WebSocketStage {
  const stage = new apigwv2.WebSocketStage(scope, 'Stage', {
    webSocketApi,
    stageName: 'live',
    autoDeploy: true,
    throttle: { rateLimit: options.rateLimit ?? 500, burstLimit: options.burstLimit ?? 1000 },
  });
  if (options.accessLogs) {
    const { logGroupArn } = orderLogGroup(scope, 'AccessLogs', { encryptionKey });
    // The L2 of older CDK versions ignores the access log settings.
    (stage.node.defaultChild as apigwv2.CfnStage).accessLogSettings = { destinationArn: logGroupArn, format: ACCESS_LOG_FORMAT };
  }
  WatchList.of(scope)._webSocketStage = stage;
  return stage;
}
