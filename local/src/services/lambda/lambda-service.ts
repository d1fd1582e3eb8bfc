import { AsyncInvocations, AsyncSettings, DEFAULT_ASYNC_SETTINGS } from './async-invocations';
import { FunctionCode } from './function-code';
import { readFunction } from './function-config';
import { InvocationOutcome, tooLarge } from './function-error';
import { nameOfFunction } from './function-name';
import { FunctionPool } from './function-pool';
import { lambdaNeeds } from './needs';
import { CreatedResource } from '../../assembly';
import { JsonObject } from '../../json';
import { randomUuid } from '../../random';
import { NeedTable } from '../access/need';
import { Resource } from '../resource';
import { Operation, ResourceType, Route, Service, ServiceCall } from '../service';
import { ServiceContext } from '../service-context';
import { ServiceError } from '../service-error';

const SYNC_LIMIT_BYTES = 6 * 1024 * 1024;
const ASYNC_LIMIT_BYTES = 1024 * 1024;

export interface LambdaOptions {
  /** Instances that one function may have at a time; more events wait. */
  readonly maxInstances: number;
  /** Where functions find modules that the Lambda runtime includes. */
  readonly modulePaths: readonly string[];
  readonly virtualTime: boolean;
}

interface LiveFunction {
  readonly pool: FunctionPool;
  async: AsyncSettings;
}

/** Lambda: each function's own code in threads of its own. */
export class LambdaService implements Service {
  public readonly name = 'lambda';
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::Lambda::Function': {
      used: ['FunctionName', 'Code', 'Handler', 'Runtime', 'Environment', 'Timeout', 'MemorySize', 'DeadLetterConfig', 'Role'],
      ignored: [
        'Architectures',
        'CodeSigningConfigArn',
        'Description',
        'EphemeralStorage',
        'KmsKeyArn',
        'LoggingConfig',
        'PackageType',
        'RecursiveLoop',
        'ReservedConcurrentExecutions',
        'RuntimeManagementConfig',
        'SnapStart',
        'Tags',
        'TracingConfig',
        'VpcConfig',
      ],
      create: (resource) => this.createFunction(resource),
    },
    'AWS::Lambda::Version': {
      used: ['FunctionName'],
      ignored: ['CodeSha256', 'Description', 'ProvisionedConcurrencyConfig', 'RuntimePolicy'],
      create: (resource) => this.createVersion(resource),
    },
    'AWS::Lambda::Alias': {
      used: ['FunctionName', 'Name'],
      ignored: ['Description', 'FunctionVersion', 'ProvisionedConcurrencyConfig'],
      create: (resource) => this.createAlias(resource),
    },
    'AWS::Lambda::EventInvokeConfig': {
      used: ['FunctionName', 'MaximumRetryAttempts', 'DestinationConfig'],
      ignored: ['Qualifier', 'MaximumEventAgeInSeconds'],
      create: (resource) => this.configureAsync(resource),
    },
  };

  public readonly operations: Readonly<Record<string, Operation>> = {
    Invoke: (input, call) => this.invoke(input, call),
  };

  public readonly routes: readonly Route[] = [
    {
      method: 'POST',
      path: '/2015-03-31/functions/{FunctionName}/invocations',
      operation: 'Invoke',
      bodyAs: 'Payload',
      headers: { 'x-amz-invocation-type': 'InvocationType' },
      answer: ({ StatusCode, FunctionError, Payload }) => ({
        status: Number(StatusCode),
        headers: { 'content-type': 'application/json', ...(FunctionError && { 'x-amz-function-error': String(FunctionError) }) },
        body: String(Payload ?? ''),
      }),
    },
  ];

  public readonly needs: NeedTable;
  private readonly functions = new Map<string, LiveFunction>();
  private readonly code = new FunctionCode();
  private readonly asyncInvocations: AsyncInvocations;

  constructor(
    private readonly context: ServiceContext,
    private readonly options: LambdaOptions,
  ) {
    this.needs = lambdaNeeds(`arn:aws:lambda:${context.region}:${context.account}`);
    this.asyncInvocations = new AsyncInvocations(context);
  }

  /** The function's time-out, which those who pretend that it timed out must wait. */
  public timeoutSeconds(functionName: string): number {
    return this.find(functionName).pool.config.timeoutSeconds;
  }

  public async close(): Promise<void> {
    await Promise.all([...this.functions.values()].map(({ pool }) => pool.close()));
    this.code.close();
  }

  private createFunction(resource: Resource): CreatedResource {
    const config = readFunction(resource, this.code.folder(resource), this.context);
    const { TargetArn } = resource.get<JsonObject>('DeadLetterConfig') ?? {};
    const pool = new FunctionPool(config, this.options.maxInstances, {
      modulePaths: this.options.modulePaths,
      onLog: (line) => this.context.log(config.name, line),
      background: this.context.background,
      ...(this.options.virtualTime && { virtualNow: () => this.context.clock.now() }),
    });
    const role = resource.required<string>('Role');
    this.context.creation.requireTrust(resource, 'Role', role, 'lambda.amazonaws.com', config.arn,
      'The role defined for the function cannot be assumed by Lambda.');
    this.context.policies.useRole(config.name, role);
    this.functions.set(config.name, {
      pool,
      async: { ...DEFAULT_ASYNC_SETTINGS, ...(TargetArn !== undefined && { deadLetterArn: String(TargetArn) }) },
    });
    return { ref: config.name, attributes: { Arn: config.arn } };
  }

  private createVersion(resource: Resource): CreatedResource {
    const { arn } = this.find(resource.required('FunctionName')).pool.config;
    return { ref: `${arn}:1`, attributes: { FunctionArn: `${arn}:1`, Version: '1' } };
  }

  private createAlias(resource: Resource): CreatedResource {
    const arn = `${this.find(resource.required('FunctionName')).pool.config.arn}:${resource.required<string>('Name')}`;
    return { ref: arn, attributes: { AliasArn: arn } };
  }

  private configureAsync(resource: Resource): CreatedResource {
    const live = this.find(resource.required('FunctionName'));
    const { OnFailure, OnSuccess } = (resource.get<JsonObject>('DestinationConfig') ?? {}) as Record<string, JsonObject | undefined>;
    live.async = {
      ...live.async,
      retryAttempts: Number(resource.get('MaximumRetryAttempts') ?? DEFAULT_ASYNC_SETTINGS.retryAttempts),
      ...(OnFailure && { onFailure: String(OnFailure.Destination) }),
      ...(OnSuccess && { onSuccess: String(OnSuccess.Destination) }),
    };
    return { ref: resource.logicalId };
  }

  private async invoke(input: JsonObject, { operation }: ServiceCall): Promise<JsonObject> {
    const { pool, async } = this.find(String(input.FunctionName));
    const event = String(input.Payload ?? '') || 'null';
    const isEvent = input.InvocationType === 'Event';
    checkPayload(event, isEvent ? ASYNC_LIMIT_BYTES : SYNC_LIMIT_BYTES, operation);
    if (input.InvocationType === 'DryRun') {
      return { StatusCode: 204 };
    }
    if (isEvent) {
      this.asyncInvocations.start(pool, async, event);
      return { StatusCode: 202 };
    }
    const outcome = await this.run(pool, event);
    if ('payload' in outcome) {
      return { StatusCode: 200, Payload: outcome.payload, ExecutedVersion: '$LATEST' };
    }
    return { StatusCode: 200, FunctionError: 'Unhandled', Payload: JSON.stringify(outcome.failed), ExecutedVersion: '$LATEST' };
  }

  private async run(pool: FunctionPool, event: string): Promise<InvocationOutcome> {
    const outcome = await this.context.clock.busy(pool.invoke(randomUuid(this.context.random), event));
    if ('payload' in outcome && Buffer.byteLength(outcome.payload) > SYNC_LIMIT_BYTES) {
      return { failed: tooLarge(Buffer.byteLength(outcome.payload), SYNC_LIMIT_BYTES) };
    }
    return outcome;
  }

  private find(functionName: string): LiveFunction {
    const live = this.functions.get(nameOfFunction(functionName));
    if (!live) {
      throw new ServiceError('ResourceNotFoundException', `Function not found: ${functionName}`, 404);
    }
    return live;
  }
}

function checkPayload(event: string, limit: number, operation: string): void {
  const bytes = Buffer.byteLength(event);
  if (bytes > limit) {
    throw new ServiceError(
      'RequestTooLargeException',
      `${bytes} byte payload is too large for the ${operation} operation (limit ${limit} bytes)`,
      413,
    );
  }
  try {
    JSON.parse(event);
  } catch (error) {
    throw new ServiceError('InvalidRequestContentException', `Could not parse request body into json: ${(error as Error).message}`);
  }
}
