import { devNull } from 'node:os';
import { Code, FunctionSettings, readSettings } from './function-settings';
import { JsonObject } from '../../json';
import { credentialsOf } from '../endpoint/credentials';
import { Resource } from '../resource';
import { ServiceContext } from '../service-context';

/** A function as its instances need to know it. */
export interface FunctionConfig extends FunctionSettings, Code {
  readonly environment: Readonly<Record<string, string>>;
}

export function readFunction(resource: Resource, { root, handler, standsAlone }: Code, { endpointUrl }: ServiceContext): FunctionConfig {
  const settings = readSettings(resource);
  const { name, memoryMb } = settings;
  const { Variables = {} } = (resource.get<JsonObject>('Environment') ?? {}) as { Variables?: Record<string, string> };
  const { accessKeyId, secretAccessKey } = credentialsOf({ kind: 'function', name });
  return {
    ...settings,
    root,
    handler,
    standsAlone,
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
      AWS_EXECUTION_ENV: `AWS_Lambda_${resource.get<string>('Runtime') ?? 'Image'}`,
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
