import { devNull } from 'node:os';
import { JsonObject } from '../../json';
import { credentialsOf } from '../endpoint/credentials';
import { Resource } from '../resource';
import { ServiceContext } from '../service-context';

/** A function as its instances need to know it. */
export interface FunctionConfig {
  readonly name: string;
  readonly arn: string;
  readonly root: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

export function readFunction(resource: Resource, root: string, { endpointUrl }: ServiceContext): FunctionConfig {
  const name = resource.name('FunctionName');
  const runtime = resource.required<string>('Runtime');
  if (!runtime.startsWith('nodejs')) {
    throw resource.refuse('Runtime', `is ${runtime}, and only Node.js functions run locally`, 'replace the function in local runs');
  }
  const memoryMb = Number(resource.get('MemorySize') ?? 128);
  const { Variables = {} } = (resource.get<JsonObject>('Environment') ?? {}) as { Variables?: Record<string, string> };
  const handler = resource.required<string>('Handler');
  const { accessKeyId, secretAccessKey } = credentialsOf({ kind: 'function', name });
  return {
    name,
    arn: resource.arn('lambda', `function:${name}`),
    root,
    handler,
    timeoutSeconds: Number(resource.get('Timeout') ?? 3),
    memoryMb,
    environment: {
      ...Variables,
      // Nothing of the developer's own gets in: no profile, no region, no credentials.
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: 'local',
      AWS_REGION: resource.region,
      AWS_DEFAULT_REGION: resource.region,
      AWS_ENDPOINT_URL: endpointUrl,
      AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      LAMBDA_TASK_ROOT: root,
      LAMBDA_RUNTIME_DIR: root,
      _HANDLER: handler,
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
      PATH: process.env.PATH ?? '',
    },
  };
}
