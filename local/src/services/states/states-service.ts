import { Admission } from './admission';
import { describeExecution, ExecutionRecord } from './execution-record';
import { Executions } from './executions';
import { historyPage } from './history-page';
import { LiveMachine, readMachine } from './live-machine';
import { MODEL } from './model.generated';
import { keyNeedsOfMachine, statesNeeds } from './needs';
import { ServiceTasks } from './service-tasks';
import { answerToken } from './token-answers';
import { TaskFailure, TaskRunner } from '../../asl';
import { CreatedResource } from '../../assembly';
import { Json, JsonObject } from '../../json';
import { need, NeedTable } from '../access/need';
import { Resource } from '../resource';
import { Operation, ResourceType, Service } from '../service';
import { ServiceContext } from '../service-context';
import { ServiceError } from '../service-error';

const LOG_DELIVERY = [
  'CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries', 'PutResourcePolicy',
  'DescribeResourcePolicies', 'DescribeLogGroups',
];

const WAITS_FOR_EXECUTION = /"arn:[^"]*:states:::states:startExecution\.sync(:2)?"/;

/** Enough to keep two cores busy, and few enough that no task waits long for an instance. */
const TASKS_AT_A_TIME = 64;

/** Step Functions: the templates' state machines, run by the interpreter. */
export class StatesService implements Service {
  public readonly name = 'states';
  public readonly executions: Executions;
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::StepFunctions::StateMachine': {
      used: ['StateMachineName', 'StateMachineType', 'DefinitionString', 'Definition', 'DefinitionSubstitutions', 'RoleArn', 'EncryptionConfiguration', 'LoggingConfiguration'],
      ignored: ['TracingConfiguration', 'Tags'],
      create: (resource) => this.createMachine(resource),
    },
    'AWS::StepFunctions::StateMachineVersion': {
      used: ['StateMachineArn'],
      ignored: ['Description', 'StateMachineRevisionId'],
      create: (resource) => {
        const arn = `${this.machine(resource.required('StateMachineArn')).arn}:1`;
        return { ref: arn, attributes: { Arn: arn } };
      },
    },
    'AWS::StepFunctions::StateMachineAlias': {
      used: ['Name', 'RoutingConfiguration', 'DeploymentPreference'],
      ignored: ['Description'],
      create: (resource) => this.createAlias(resource),
    },
  };

  public readonly operations: Readonly<Record<string, Operation>> = {
    StartExecution: (input, { caller }) => {
      const { arn, execution } = this.start(input, caller.kind === 'state');
      return { executionArn: arn, startDate: execution.startedAt / 1000 };
    },
    StartSyncExecution: (input) => this.startSync(input),
    DescribeExecution: ({ executionArn }) => describeExecution(this.executions.find(String(executionArn))),
    GetExecutionHistory: (input) => historyPage(this.executions.find(String(input.executionArn)).history, input),
    ListExecutions: (input) => this.list(input),
    StopExecution: ({ executionArn, error, cause }) => {
      const { execution } = this.executions.find(String(executionArn));
      execution.stop(error as string | undefined, cause as string | undefined);
      return { stopDate: this.context.clock.now() / 1000 };
    },
    DescribeStateMachine: ({ stateMachineArn }) => {
      const { arn, name, express, definition } = this.machine(String(stateMachineArn));
      return {
        stateMachineArn: arn,
        name,
        definition,
        status: 'ACTIVE',
        type: express ? 'EXPRESS' : 'STANDARD',
        roleArn: arn,
        creationDate: 0,
      };
    },
    SendTaskSuccess: (input) => answerToken(this.executions.tokens, 'success', input),
    SendTaskFailure: (input) => answerToken(this.executions.tokens, 'failure', input),
    SendTaskHeartbeat: (input) => answerToken(this.executions.tokens, 'heartbeat', input),
  };

  public readonly model = MODEL;
  public readonly needs: NeedTable;
  private readonly machines = new Map<string, LiveMachine>();

  constructor(private readonly context: ServiceContext) {
    const tasks = new ServiceTasks(context, (arn, asText) => this.awaitExecution(arn, asText));
    const admission = new Admission(context.clock, context.background, TASKS_AT_A_TIME);
    const counted: TaskRunner = {
      problemsOf: (target, parameters) => tasks.problemsOf(target, parameters),
      run: (task) => admission.during(task.executionArn, () => tasks.run(task)),
    };
    this.executions = new Executions(context, counted, admission);
    this.needs = statesNeeds(context.policies, (token) => this.executions.tokens.executionOf(token));
  }

  public close(): void {
    this.executions.stopAll();
  }

  private createMachine(resource: Resource): CreatedResource {
    const machine = readMachine(resource);
    this.machines.set(machine.arn, machine);
    const role = resource.required<string>('RoleArn');
    this.context.creation.requireTrust(resource, 'RoleArn', role, 'states.amazonaws.com', machine.arn,
      'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.');
    this.checkLogging(resource, role);
    this.checkWaiting(resource, machine, role);
    this.context.policies.useRole(machine.arn, role);
    this.context.policies.encrypt(machine.arn, resource.get<JsonObject>('EncryptionConfiguration')?.KmsKeyId as string | undefined);
    // Executions are encrypted in the name of the role: https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
    this.context.creation.requireAccess(resource, 'EncryptionConfiguration', role, keyNeedsOfMachine(this.context.policies, machine.arn),
      'Either your KMS key policy or API caller does not have the required permissions.');
    return { ref: machine.arn, attributes: { Arn: machine.arn, Name: machine.name, StateMachineRevisionId: 'local' } };
  }

  /** https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
  private checkLogging(resource: Resource, role: string): void {
    const { Destinations = [], Level = 'OFF' } = resource.get<JsonObject>('LoggingConfiguration') ?? {};
    if (Level === 'OFF') {
      return;
    }
    this.context.creation.requireAccess(resource, 'LoggingConfiguration', role, LOG_DELIVERY.map((action) => need(`logs:${action}`, '*')),
      'The state machine IAM Role is not authorized to access the Log Destination');
    for (const { CloudWatchLogsLogGroup } of Destinations as JsonObject[]) {
      this.context.accountSettings.admitLogDelivery(resource, 'LoggingConfiguration', String((CloudWatchLogsLogGroup as JsonObject).LogGroupArn));
    }
  }

  /**
   * Step Functions makes a rule by which it learns that an execution has ended.
   * https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
   */
  private checkWaiting(resource: Resource, { definition }: LiveMachine, role: string): void {
    if (WAITS_FOR_EXECUTION.test(definition)) {
      const rule = resource.arn('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule');
      this.context.creation.requireAccess(resource, 'RoleArn', role,
        ['PutTargets', 'PutRule', 'DescribeRule'].map((action) => need(`events:${action}`, rule)), `'${role}' is not authorized to create managed-rule.`);
    }
  }

  private createAlias(resource: Resource): CreatedResource {
    const [route] = resource.get<JsonObject[]>('RoutingConfiguration') ?? [];
    const version = route?.StateMachineVersionArn ?? resource.get<JsonObject>('DeploymentPreference')?.StateMachineVersionArn;
    const arn = `${this.machine(String(version)).arn}:${resource.required<string>('Name')}`;
    return { ref: arn, attributes: { Arn: arn } };
  }

  private start({ stateMachineArn, name, input }: JsonObject, atOnce: boolean): ExecutionRecord {
    const startedBy = String(stateMachineArn);
    return this.executions.start(
      this.machine(startedBy),
      startedBy,
      name as string | undefined,
      (input as string | undefined) ?? '{}',
      atOnce,
    );
  }

  private async startSync(input: JsonObject): Promise<JsonObject> {
    if (!this.machine(String(input.stateMachineArn)).express) {
      throw new ServiceError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
    }
    const record = this.start(input, true);
    await record.ended;
    return { ...describeExecution(record), billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: 100 } };
  }

  private async awaitExecution(arn: string, outputAsText: boolean): Promise<Json> {
    const record = this.executions.find(arn);
    const outcome = await record.ended;
    const described = Object.fromEntries(
      Object.entries(describeExecution(record)).map(([name, value]) => [name[0].toUpperCase() + name.slice(1), value]),
    ) as JsonObject;
    if (outcome.status !== 'SUCCEEDED') {
      throw new TaskFailure('States.TaskFailed', JSON.stringify(described));
    }
    return outputAsText ? described : { ...described, Input: JSON.parse(record.input) as Json, Output: outcome.output };
  }

  private list({ stateMachineArn, statusFilter, maxResults }: JsonObject): JsonObject {
    const wanted = this.machine(String(stateMachineArn));
    const found = this.executions
      .all()
      .filter(({ machine }) => machine === wanted)
      .map(describeExecution)
      .filter(({ status }) => statusFilter === undefined || status === statusFilter);
    return { executions: found.reverse().slice(0, Number(maxResults ?? 100)) };
  }

  /** @param arn the machine's, or that of one of its versions or aliases. */
  private machine(arn: string): LiveMachine {
    const machine = this.machines.get(arn.split(':').slice(0, 7).join(':'));
    if (!machine) {
      throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
    return machine;
  }
}
