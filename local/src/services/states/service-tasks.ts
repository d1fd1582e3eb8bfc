import { Integration, readResource } from './integration';
import { ReadParameters, readParameters } from './parameters';
import { functionFailure, taskFailure } from './task-errors';
import { TaskFailure, TaskRequest, TaskRunner } from '../../asl/task-runner';
import { isJsonObject, Json, JsonObject } from '../../json';
import { Caller } from '../service';
import { ServiceContext } from '../service-context';

/** What optimized integrations add to every result. */
const SDK_METADATA = {
  SdkHttpMetadata: { AllHttpHeaders: {}, HttpHeaders: {}, HttpStatusCode: 200 },
  SdkResponseMetadata: { RequestId: 'local' },
};

const FUNCTION: Integration = {
  family: 'optimized',
  service: 'lambda',
  operation: 'Invoke',
  errorPrefix: 'Lambda',
  serviceTitle: 'AWSLambda',
  waitsForToken: false,
  waitsForEnd: false,
};

/** Resolves with how a started execution ended: its output, or the failure of the task that waits for it. */
export type AwaitExecution = (executionArn: string, outputAsText: boolean) => Promise<Json>;

/** Does the work of Task states by calling services. */
export class ServiceTasks implements TaskRunner {
  /** What was read to look for problems is the input when the task runs. */
  private readonly read = new WeakMap<object, { readonly integration: Integration; readonly parameters: ReadParameters }>();

  constructor(
    private readonly context: ServiceContext,
    private readonly awaitExecution: AwaitExecution,
  ) {}

  public problemsOf(resource: string, parameters: Json): string[] {
    const integration = readResource(resource);
    return integration === undefined || integration === 'function' ? [] : this.readOnce(integration, parameters).problems.map(({ text }) => text);
  }

  public async run(task: TaskRequest): Promise<Json> {
    const integration = readResource(task.resource);
    if (integration === undefined) {
      throw new Error(`the local cloud cannot do ${task.resource}`);
    }
    if (integration === 'function') {
      return (await this.invoke(FUNCTION, task, { FunctionName: task.resource, Payload: task.arguments })).payload;
    }
    if (integration.service === 'lambda') {
      const { output, payload } = await this.invoke(integration, task, this.readOnce(integration, task.arguments).input);
      return { ...output, Payload: payload, ...SDK_METADATA };
    }
    return this.callService(integration, task);
  }

  /** Several states may hand on the same parameters, to different services. */
  private readOnce(integration: Integration, given: Json): ReadParameters {
    const key = isJsonObject(given) ? given : {};
    const known = this.read.get(key);
    if (known?.integration === integration) {
      return known.parameters;
    }
    const parameters = readParameters(integration, given);
    this.read.set(key, { integration, parameters });
    return parameters;
  }

  private async invoke(integration: Integration, task: TaskRequest, input: JsonObject): Promise<{ output: JsonObject; payload: Json }> {
    const { Payload } = input;
    const output = await this.perform(integration, task, {
      ...input,
      Payload: typeof Payload === 'string' ? Payload : JSON.stringify(Payload ?? {}),
    });
    if (output.FunctionError !== undefined) {
      throw functionFailure(String(output.Payload));
    }
    return { output, payload: output.Payload === undefined ? {} : (JSON.parse(String(output.Payload)) as Json) };
  }

  private async callService(integration: Integration, task: TaskRequest): Promise<Json> {
    const answer = await this.perform(integration, task, this.readOnce(integration, task.arguments).input);
    const output = integration.service === 'states' ? capitalized(answer) : answer;
    if (integration.waitsForEnd) {
      return this.awaitExecution(String(output.ExecutionArn), !task.resource.endsWith(':2'));
    }
    if (integration.operation === 'PutEvents' && Number(output.FailedEntryCount) > 0) {
      throw new TaskFailure('EventBridge.FailedEntry', JSON.stringify(output));
    }
    return integration.family === 'optimized' ? { ...output, ...SDK_METADATA } : output;
  }

  private async perform(integration: Integration, task: TaskRequest, input: JsonObject): Promise<JsonObject> {
    const caller: Caller = { kind: 'state', name: task.stateName, executionArn: task.executionArn };
    try {
      return await this.context.calls.perform({ service: integration.service, operation: integration.operation, input, caller });
    } catch (error) {
      throw taskFailure(error, integration);
    }
  }
}

function capitalized(answer: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name[0].toUpperCase() + name.slice(1), value]));
}
