import { AsyncInvocations, AsyncSettings, DEFAULT_ASYNC_SETTINGS } from './async-invocations';
import { callTo } from './destination';
import { FunctionCode } from './function-code';
import { readFunction } from './function-config';
import { InvocationOutcome, tooLarge } from './function-error';
import { nameOfFunction } from './function-name';
import { FunctionPool } from './function-pool';
import { FunctionRunner } from './function-runner';
import { readSettings } from './function-settings';
import { HandlerRunner } from './handler-runner';
import { MissingRunner } from './missing-runner';
import { MODEL } from './model.generated';
import { lambdaNeeds } from './needs';
import { StandIns } from './stand-ins';
import { CreatedResource } from '../../assembly';
import { Json, JsonObject } from '../../json';
import { randomUuid } from '../../random';
import { NeedTable } from '../access/need';
import { requireStandard } from '../fifo';
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
  /** What runs instead of functions' own code. */
  readonly standIns: StandIns;
}

interface LiveFunction {
  readonly runner: FunctionRunner;
  async: AsyncSettings;
}

/** Lambda: each function's own code in threads of its own. */
export class LambdaService implements Service {
  public readonly name = 'lambda';
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::Lambda::Function': {
      used: ['FunctionName', 'Code', 'Handler', 'Runtime', 'Environment', 'Timeout', 'MemorySize', 'DeadLetterConfig', 'Role', 'Layers'],
      ignored: [
        'Architectures',
        'CodeSigningConfigArn',
        'Description',
        'EphemeralStorage',
        'ImageConfig',
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
      headers: { 'x-amz-invocation-type': 'InvocationType', 'x-amz-log-type': 'LogType' },
      answer: ({ StatusCode, FunctionError, Payload }) => ({
        status: Number(StatusCode),
        headers: { 'content-type': 'application/json', ...(FunctionError && { 'x-amz-function-error': String(FunctionError) }) },
        body: String(Payload ?? ''),
      }),
    },
  ];

  public readonly model = MODEL;
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
    return this.find(functionName).runner.config.timeoutSeconds;
  }

  public async close(): Promise<void> {
    await Promise.all([...this.functions.values()].map(({ runner }) => runner.close()));
    this.code.close();
  }

  private createFunction(resource: Resource): CreatedResource {
    const { TargetArn } = resource.get<JsonObject>('DeadLetterConfig') ?? {};
    const runner = this.runnerOf(resource);
    const { config } = runner;
    const role = resource.required<string>('Role');
    this.context.creation.requireTrust(resource, 'Role', role, 'lambda.amazonaws.com', config.arn,
      'The role defined for the function cannot be assumed by Lambda.');
    this.context.policies.useRole(config.name, role);
    this.checkDeadLetters(resource, role, TargetArn);
    this.functions.set(config.name, {
      runner,
      async: { ...DEFAULT_ASYNC_SETTINGS, ...(TargetArn !== undefined && { deadLetterArn: String(TargetArn) }) },
    });
    return { ref: config.name, attributes: { Arn: config.arn } };
  }

  private checkDeadLetters(resource: Resource, role: string, target: Json | undefined): void {
    requireStandard(resource, 'DeadLetterConfig', target, 'Lambda');
    if (target !== undefined) {
      const { operation, service, needs } = callTo(String(target));
      this.context.creation.requireAccess(resource, 'DeadLetterConfig', role, needs,
        `The provided execution role does not have permissions to call ${operation} on ${service}`);
    }
  }

  private checkDestination(resource: Resource, role: string | undefined, destination: Json | undefined): void {
    requireStandard(resource, 'DestinationConfig', destination, 'Lambda');
    if (role !== undefined && destination !== undefined) {
      const { operation, needs } = callTo(String(destination));
      this.context.creation.requireAccess(resource, 'DestinationConfig', role, needs,
        `The function's execution role does not have permissions to call ${operation} on ${String(destination)}`);
    }
  }

  private runnerOf(resource: Resource): FunctionRunner {
    const { clock, warn, log, background } = this.context;
    const standIn = this.options.standIns.for(resource);
    if (typeof standIn === 'function') {
      return new HandlerRunner(readSettings(resource), standIn, () => clock.now());
    }
    const code = standIn === undefined ? this.code.of(resource) : this.code.ofFile(standIn, resource.path);
    if ('missing' in code) {
      return new MissingRunner(readSettings(resource), resource.path, code.missing, warn);
    }
    const config = readFunction(resource, code, this.context);
    return new FunctionPool(config, this.options.maxInstances, {
      modulePaths: this.options.modulePaths,
      onLog: (line) => log(config.name, line),
      background,
      ...(this.options.virtualTime && { virtualNow: () => clock.now() }),
    });
  }

  private createVersion(resource: Resource): CreatedResource {
    const { arn } = this.find(resource.required('FunctionName')).runner.config;
    return { ref: `${arn}:1`, attributes: { FunctionArn: `${arn}:1`, Version: '1' } };
  }

  private createAlias(resource: Resource): CreatedResource {
    const arn = `${this.find(resource.required('FunctionName')).runner.config.arn}:${resource.required<string>('Name')}`;
    return { ref: arn, attributes: { AliasArn: arn } };
  }

  private configureAsync(resource: Resource): CreatedResource {
    const live = this.find(resource.required('FunctionName'));
    const { OnFailure, OnSuccess } = (resource.get<JsonObject>('DestinationConfig') ?? {}) as Record<string, JsonObject | undefined>;
    const role = this.context.policies.roleOfFunction(live.runner.config.name);
    [OnFailure, OnSuccess].forEach((one) => this.checkDestination(resource, role, one?.Destination));
    live.async = {
      ...live.async,
      retryAttempts: Number(resource.get('MaximumRetryAttempts') ?? DEFAULT_ASYNC_SETTINGS.retryAttempts),
      ...(OnFailure && { onFailure: String(OnFailure.Destination) }),
      ...(OnSuccess && { onSuccess: String(OnSuccess.Destination) }),
    };
    return { ref: resource.logicalId };
  }

  private async invoke(input: JsonObject, { operation }: ServiceCall): Promise<JsonObject> {
    const { runner, async } = this.find(String(input.FunctionName));
    const event = String(input.Payload ?? '') || 'null';
    const isEvent = input.InvocationType === 'Event';
    checkPayload(event, isEvent ? ASYNC_LIMIT_BYTES : SYNC_LIMIT_BYTES, operation);
    if (input.InvocationType === 'DryRun') {
      return { StatusCode: 204 };
    }
    if (isEvent) {
      this.asyncInvocations.start(runner, async, event);
      return { StatusCode: 202 };
    }
    const outcome = await this.run(runner, event);
    if ('payload' in outcome) {
      return { StatusCode: 200, Payload: outcome.payload, ExecutedVersion: '$LATEST' };
    }
    return { StatusCode: 200, FunctionError: 'Unhandled', Payload: JSON.stringify(outcome.failed), ExecutedVersion: '$LATEST' };
  }

  private async run(runner: FunctionRunner, event: string): Promise<InvocationOutcome> {
    const outcome = await this.context.clock.busy(runner.invoke(randomUuid(this.context.random), event));
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
