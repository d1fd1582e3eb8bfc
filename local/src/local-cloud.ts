import { join } from 'node:path';
import { DEFAULT_ACCOUNT, DEFAULT_REGION, readCloudAssembly, StackTemplate, SynthesizableStack, synthesizeStack } from './assembly';
import { BackgroundWork } from './background-work';
import { Clock } from './clock';
import { JsonObject } from './json';
import { seededRandom } from './random';
import { ClosableClock } from './runtime/closable-clock';
import { deploy, DeployedStack } from './runtime/deployment';
import { Faults } from './runtime/faults/faults';
import { MadeResources } from './runtime/made-resources';
import { fromPlain, toPlain } from './runtime/plain-item';
import { RunningCloud } from './runtime/running-cloud';
import { createServices, RunningServices } from './runtime/services';
import { CallerRoles } from './services/access/caller-roles';
import { CreationChecks } from './services/access/creation-checks';
import { DeniedCall, Guard } from './services/access/guard';
import { Judge } from './services/access/judge';
import { isPermissionMode, PERMISSION_MODES, PermissionMode } from './services/access/permission-mode';
import { PolicyBook } from './services/access/policy-book';
import { AccountOptions, AccountSettings } from './services/account-settings';
import type { AlarmState } from './services/cloudwatch/alarm-notification';
import { Credentials, credentialsOf, credentialsOfRole } from './services/endpoint/credentials';
import { Endpoint } from './services/endpoint/endpoint';
import { InputGuard } from './services/inputs/input-guard';
import { StandIn } from './services/lambda/stand-ins';
import { Outbox } from './services/outbox';
import { SecretValues } from './services/secrets/given-secrets';
import { ServiceCalls } from './services/service-calls';
import { Executions } from './services/states/executions';
import { LocalWorkflow } from './testkit/local-workflow';
import { arnOfRole, pathOf, ResourceName, resourceNamed, resourcesOf } from './testkit/named-resource';
import { ownCall } from './testkit/own-call';
import { Permissions } from './testkit/permissions';
import { RoleCaller, roleCaller } from './testkit/role-caller';
import { workflowDirectory } from './testkit/workflow-directory';
import { Workflows } from './testkit/workflows';
import { VirtualClock } from './virtual-clock';

export interface LocalCloudOptions {
  /**
   * Where time comes from.
   * @default - virtual time, which passes only when a test advances it or awaits an outcome
   */
  readonly clock?: Clock;
  /** The seed of all random numbers. @default 1 */
  readonly seed?: number;
  /** The port of the endpoint for AWS SDKs. @default - any that is free */
  readonly port?: number;
  /** The port of the first API; the next API has the next port. @default - any that are free */
  readonly apiPort?: number;
  /** A database that speaks DynamoDB. @default - a dynoxide process of its own */
  readonly dynamodbEndpoint?: string;
  /** Instances that one function may have at a time; more events wait. @default 4 */
  readonly maxInstances?: number;
  /** What the account has before the stacks are created. @default - nothing, as a new account */
  readonly account?: AccountOptions;
  /**
   * What runs instead of functions' own code, by logical id or the end of the construct's path: a function of the test,
   * or the file of a module that exports `handler`. Functions in other runtimes than Node.js fail without it.
   * @default - functions run their own code
   */
  readonly functions?: Readonly<Record<string, StandIn>>;
  /**
   * Values of secrets, by the name of the secret; an object is given as JSON. Those that a template makes are also
   * found by their logical id or by the end of their construct's path.
   * @default - a secret that a template makes is generated, and no other exists
   */
  readonly secrets?: SecretValues;
  /** What becomes of calls that no policy of the templates allows. @default 'enforce' */
  readonly permissions?: PermissionMode;
  /**
   * The role of the templates in whose name all callers from outside call that name no other: its construct, a part of its path, or its ARN.
   * @default - they are the account's own, which may do what no policy denies
   */
  readonly as?: ResourceName;
  /** Called with the first call of each kind that is denied. @default - a warning on the console */
  readonly onDenied?: (call: DeniedCall) => void;
  /** Called with what should be changed in the app or in the options. @default - a warning on the console */
  readonly onWarning?: (message: string) => void;
  /** Called with each line that a function or a service logs. */
  readonly onLog?: (source: string, line: string) => void;
  /** Called with each phase while the cloud starts. */
  readonly onProgress?: (step: string) => void;
}

const DEFAULT_SEED = 1;

/** A local cloud: the resources of the templates, running on this machine. */
export class LocalCloud implements RunningCloud {
  /** Synthesizes the stack and runs it, with the stacks that it depends on. */
  public static fromStack(stack: SynthesizableStack, options: LocalCloudOptions = {}): Promise<LocalCloud> {
    return LocalCloud.start(synthesizeStack(stack), options);
  }

  /** Runs all stacks that `cdk synth` wrote to a folder. */
  public static fromAssembly(directory: string, options: LocalCloudOptions = {}): Promise<LocalCloud> {
    return LocalCloud.start(readCloudAssembly(directory), options);
  }

  private static async start(stacks: readonly StackTemplate[], options: LocalCloudOptions): Promise<LocalCloud> {
    const mode = modeOf(options.permissions);
    const clock = options.clock ?? new VirtualClock();
    const calls = new ServiceCalls();
    const ownClock = new ClosableClock(clock);
    const log = options.onLog ?? (() => undefined);
    const warn = options.onWarning ?? ((message: string) => console.warn(message));
    const background = new BackgroundWork(ownClock, log);
    const endpoint = new Endpoint(calls, background);
    const endpointUrl = await endpoint.listen(options.port);
    const { account = DEFAULT_ACCOUNT, region = DEFAULT_REGION } = stacks[0] ?? {};
    const seed = options.seed ?? DEFAULT_SEED;
    const report = options.onProgress ?? (() => undefined);
    const policies = new PolicyBook(mode !== 'off');
    const judge = new Judge(policies, account, region);
    const callers = new CallerRoles(policies);
    let running: RunningServices | undefined;
    try {
      report('starting the services');
      running = await createServices({
        clock: ownClock,
        calls,
        background,
        endpointUrl,
        account,
        accountSettings: new AccountSettings(options.account ?? {}),
        region,
        policies,
        callers,
        creation: new CreationChecks(judge, policies, mode, warn),
        random: seededRandom(seed),
        log,
        warn,
      }, { ...options, modulePaths: modulePaths(), virtualTime: clock instanceof VirtualClock });
      const { all, lambda, standIns, outbox, addresses } = running;
      const faults = new Faults(seed, { clock: ownClock, background, functionTimeout: (name) => lambda.timeoutSeconds(name) });
      report(`creating ${stacks.map(({ name }) => name).join(', ')}`);
      const deployed = await deploy(stacks, all, addresses);
      standIns.refuseUnused(resourcesOf(deployed, ['AWS::Lambda::Function']).map(pathOf));
      const guard = new Guard(judge, policies, callers, account, mode, new MadeResources(deployed), options.onDenied ?? warnOf);
      calls.checkInputsWith(new InputGuard((message) => console.warn(message)));
      calls.guardWith(guard);
      callers.know((name) => arnOfRole(deployed, name), options.as === undefined ? undefined : arnOfRole(deployed, options.as));
      calls.interceptWith((call, perform) => faults.intercept(call, perform));
      const permissions = new Permissions(deployed, policies, judge, guard);
      const parts = { clock, calls, faults, outbox, endpointUrl, region, stacks: deployed, permissions };
      return new LocalCloud(parts, endpoint, running, ownClock);
    } catch (error) {
      ownClock.close();
      await running?.close();
      await endpoint.close();
      throw error;
    }
  }

  public readonly clock: Clock;
  public readonly calls: ServiceCalls;
  /** The faults that are injected. */
  public readonly faults: Faults;
  /** The mails that were sent, and the messages to subscribers that are neither a queue nor a function. */
  public readonly outbox: Outbox;
  /** Where an AWS SDK reaches every service. */
  public readonly endpointUrl: string;
  public readonly region: string;
  public readonly stacks: readonly DeployedStack[];
  /** What the policies of the templates allowed and denied. */
  public readonly permissions: Permissions;
  private readonly workflows: Workflows;
  private closing: Promise<void> | undefined;

  private constructor(
    parts: Pick<LocalCloud, 'clock' | 'calls' | 'faults' | 'outbox' | 'endpointUrl' | 'region' | 'stacks' | 'permissions'>,
    private readonly endpoint: Endpoint,
    private readonly running: RunningServices,
    private readonly ownClock: ClosableClock,
  ) {
    this.clock = parts.clock;
    this.calls = parts.calls;
    this.faults = parts.faults;
    this.outbox = parts.outbox;
    this.endpointUrl = parts.endpointUrl;
    this.region = parts.region;
    this.stacks = parts.stacks;
    this.permissions = parts.permissions;
    this.workflows = new Workflows(this);
    this.calls.add(workflowDirectory(this.workflows));
  }

  /**
   * An order workflow in this cloud, for use in tests.
   * @param name its construct or a part of its path; needed where there are several workflows
   */
  public workflow(name?: ResourceName): Promise<LocalWorkflow> {
    return this.workflows.open(name);
  }

  /** All order workflows in this cloud. */
  public allWorkflows(): Promise<LocalWorkflow[]> {
    return this.workflows.all();
  }

  /** All executions of all state machines. */
  public get executions(): Executions {
    return this.running.states.executions;
  }

  /** The configuration with which a client of the AWS SDK calls this cloud. */
  public get clientConfig() {
    return this.configOf(credentialsOf({ kind: 'outside', name: 'client' }));
  }

  /**
   * Clients in the name of a role, as an operator or a website has one.
   * @param role of the templates: its construct, a part of its path, or its ARN
   */
  public as(role: ResourceName): RoleCaller {
    const roleArn = arnOfRole(this.stacks, role);
    return roleCaller(roleArn, this.configOf(credentialsOfRole(roleArn)));
  }

  /** The outputs of all stacks. */
  public get outputs(): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.stacks.map(({ outputs }) => outputs)) as Record<string, string>;
  }

  /** The APIs, with the address of each of their stages. */
  public get apis() {
    return this.running.apis.describe();
  }

  /** The bodies of the messages that wait in a queue, oldest first; they stay there. */
  public queue(name: string): string[] {
    return this.running.sqs.find(name).peek().map(({ body }) => body);
  }

  /**
   * Puts a CloudWatch alarm into a state, which carries out its actions; nothing is measured here.
   * @param alarm its construct or a part of its path
   */
  public setAlarmState(alarm: ResourceName, state: AlarmState = 'ALARM', reason = 'set by a test'): Promise<void> {
    return this.running.alarms.setState(resourceNamed(this.stacks, alarm, ['AWS::CloudWatch::Alarm'], 'alarm').ref, state, reason);
  }

  /** A row of a table as plain JSON. */
  public async item(table: string, key: JsonObject): Promise<JsonObject | undefined> {
    const { Item } = await ownCall(this.calls, 'dynamodb', 'GetItem', { TableName: table, Key: fromPlain(key), ConsistentRead: true });
    return Item === undefined ? undefined : toPlain(Item as JsonObject);
  }

  /** Ends every function, server and process of this cloud. What is under way ends first. */
  public close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private configOf(credentials: Credentials): RoleCaller['clientConfig'] {
    return {
      endpoint: this.endpointUrl,
      region: this.region,
      credentials,
      // Some operations put a prefix before the host, which for an address is no host at all.
      disableHostPrefix: true,
    };
  }

  private async end(): Promise<void> {
    this.ownClock.close();
    await this.running.close();
    await this.endpoint.close();
  }
}

/** A mode that is mistyped, as plain JavaScript allows, would turn the check off in silence. */
function modeOf(mode: string = 'enforce'): PermissionMode {
  if (!isPermissionMode(mode)) {
    throw new Error(`permissions is ${JSON.stringify(mode)}: give ${PERMISSION_MODES.join(', ')}`);
  }
  return mode;
}

function warnOf({ advice }: DeniedCall): void {
  console.warn(advice);
}

/** Functions may leave the AWS SDK out of their bundles: it is looked for in the project, then beside us. */
function modulePaths(): string[] {
  return [join(process.cwd(), 'node_modules'), ...(require.resolve.paths('@aws-sdk/client-dynamodb') ?? [])];
}
