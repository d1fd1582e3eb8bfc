import { FunctionSettings } from './function-settings';

/** What a function receives about itself and the invocation. */
export interface FunctionContext {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly traceId: string;
}

export function contextOf({ name, arn, memoryMb }: FunctionSettings, requestId: string): FunctionContext {
  return {
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: String(memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    traceId: `Root=1-00000000-${requestId.replaceAll('-', '').slice(0, 24)};Sampled=0`,
  };
}
