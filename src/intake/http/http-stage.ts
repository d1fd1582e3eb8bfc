import { aws_apigateway as apigateway, aws_apigatewayv2 as apigwv2, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HttpIntakeProps } from './http-intake-props';
import { vendedLogGroup } from '../../private/vended-log-group';

/** Neither query strings nor headers, which can hold a credential. */
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  requestTime: '$context.requestTime',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
});

/** The stage of the HTTP API, with throttling and access logs. @internal */
export function httpStage(scope: Construct, httpApi: apigwv2.HttpApi, props: HttpIntakeProps, encryptionKey?: kms.IKey): apigwv2.HttpStage {
  const logGroup = vendedLogGroup(scope, 'AccessLogs', 'apigateway', { retention: props.logRetention, encryptionKey });
  return new apigwv2.HttpStage(scope, 'Stage', {
    httpApi,
    stageName: '$default',
    autoDeploy: true,
    domainMapping: props.domain,
    throttle: { rateLimit: props.rateLimit ?? 200, burstLimit: props.burstLimit ?? 400 },
    accessLogSettings: {
      destination: new apigwv2.LogGroupLogDestination(logGroup),
      format: apigateway.AccessLogFormat.custom(ACCESS_LOG_FORMAT),
    },
  });
}
