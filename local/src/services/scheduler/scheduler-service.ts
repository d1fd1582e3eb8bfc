import { MODEL } from './model.generated';
import { schedulerNeeds } from './needs';
import { repeat } from './repeat';
import { CreatedResource } from '../../assembly';
import { CancelTimer } from '../../clock';
import { JsonObject } from '../../json';
import { randomUuid } from '../../random';
import { NeedTable } from '../access/need';
import { isDeliverable } from '../delivery';
import { requireStandard } from '../fifo';
import { Resource } from '../resource';
import { deliverWithRetry } from '../retried-delivery';
import { Operation, ResourceType, Route, Service } from '../service';
import { ServiceContext } from '../service-context';
import { ServiceError } from '../service-error';

interface LiveSchedule {
  readonly name: string;
  readonly arn: string;
  readonly settings: JsonObject;
  readonly cancel: CancelTimer;
}

/** https://stackoverflow.com/questions/76091158 */
const NOT_ASSUMED = 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.';
const SERVICE = 'scheduler.amazonaws.com';
const DEFAULT_ATTEMPTS = 185;
const DEFAULT_AGE_SECONDS = 86_400;
const DEFAULT_GROUP = 'default';
/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_DeleteSchedule.html */
const QUERY = { groupName: 'GroupName', clientToken: 'ClientToken' };

/** EventBridge Scheduler: schedules in UTC that reach functions, queues, topics and state machines. */
export class SchedulerService implements Service {
  public readonly name = 'scheduler';
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::Scheduler::Schedule': {
      used: ['Name', 'GroupName', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'State', 'Target'],
      ignored: ['Description', 'FlexibleTimeWindow', 'KmsKeyArn'],
      create: (resource) => this.createFrom(resource),
    },
    'AWS::Scheduler::ScheduleGroup': {
      used: ['Name'],
      ignored: ['Tags'],
      create: (resource) => {
        const name = resource.name('Name');
        return { ref: name, attributes: { Arn: resource.arn('scheduler', `schedule-group/${name}`) } };
      },
    },
  };

  public readonly operations: Readonly<Record<string, Operation>> = {
    CreateSchedule: (input) => {
      const { name, arn, groupArn } = this.place(input);
      if (this.schedules.has(arn)) {
        throw new ServiceError('ConflictException', `Schedule ${name} already exists.`, 409);
      }
      this.checkTrust(groupArn, String((input.Target as JsonObject | undefined)?.RoleArn));
      this.add(name, arn, input);
      return { ScheduleArn: arn };
    },
    GetSchedule: (input) => {
      const { arn, settings } = this.find(input);
      return { ...settings, Arn: arn };
    },
    DeleteSchedule: (input) => {
      const { arn, cancel } = this.find(input);
      cancel();
      this.schedules.delete(arn);
      return {};
    },
  };

  public readonly routes: readonly Route[] = [
    { method: 'POST', path: '/schedules/{Name}', operation: 'CreateSchedule' },
    { method: 'GET', path: '/schedules/{Name}', operation: 'GetSchedule', query: QUERY },
    { method: 'DELETE', path: '/schedules/{Name}', operation: 'DeleteSchedule', query: QUERY },
  ];

  public readonly model = MODEL;
  public readonly needs: NeedTable;
  private readonly schedules = new Map<string, LiveSchedule>();

  constructor(private readonly context: ServiceContext) {
    this.needs = schedulerNeeds((input) => this.place(input).arn);
  }

  private createFrom(resource: Resource): CreatedResource {
    const zone = resource.get<string>('ScheduleExpressionTimezone') ?? 'UTC';
    if (!/^(Etc\/)?(UTC|GMT)$/.test(zone)) {
      throw resource.refuse('ScheduleExpressionTimezone', `is ${zone}, and schedules run in UTC here`, 'use UTC in local runs');
    }
    const { Arn, RoleArn, DeadLetterConfig } = resource.required<JsonObject>('Target');
    requireStandard(resource, 'Target', (DeadLetterConfig as JsonObject | undefined)?.Arn, 'Scheduler');
    if (!isDeliverable(String(Arn))) {
      throw resource.refuse('Target', `is ${String(Arn)}`, 'schedules here reach functions, queues, topics and state machines');
    }
    const { name, arn, groupArn } = this.place({ ...resource.properties, Name: resource.name('Name') });
    this.context.creation.requireTrust(resource, 'Target', String(RoleArn), SERVICE, groupArn, NOT_ASSUMED);
    this.add(name, arn, resource.properties);
    return { ref: name, attributes: { Arn: arn } };
  }

  private checkTrust(groupArn: string, role: string): void {
    if (!this.context.creation.isTrusted(role, SERVICE, groupArn)) {
      throw new ServiceError('ValidationException', NOT_ASSUMED);
    }
  }

  private add(name: string, arn: string, settings: JsonObject): void {
    const cancel = settings.State === 'DISABLED'
      ? () => undefined
      : repeat(String(settings.ScheduleExpression), this.context.clock, (due) => this.fire(arn, settings, due));
    this.schedules.set(arn, { name, arn, settings: { ...settings, Name: name }, cancel });
  }

  private fire(arn: string, { Target, ActionAfterCompletion, ScheduleExpression }: JsonObject, due: number): void {
    const { Arn, RoleArn, Input, RetryPolicy, DeadLetterConfig } = Target as JsonObject;
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = (RetryPolicy ?? {}) as JsonObject;
    const deadLetterArn = (DeadLetterConfig as JsonObject | undefined)?.Arn;
    const context: Record<string, string> = {
      'aws.scheduler.schedule-arn': arn,
      'aws.scheduler.scheduled-time': `${new Date(due).toISOString().slice(0, 19)}Z`,
      'aws.scheduler.execution-id': randomUuid(this.context.random),
      'aws.scheduler.attempt-number': '1',
    };
    const message = String(Input ?? '{}').replace(/<(aws\.scheduler\.[\w-]+)>/g, (whole, name: string) => context[name] ?? whole);
    if (ActionAfterCompletion === 'DELETE' && String(ScheduleExpression).startsWith('at(')) {
      this.schedules.delete(arn);
    }
    this.context.background.run(arn, () => deliverWithRetry(this.context, { kind: 'service', name: arn, as: { role: String(RoleArn) } }, String(Arn), message, {
      maxAttempts: Number(MaximumRetryAttempts ?? DEFAULT_ATTEMPTS),
      maxAgeMs: Number(MaximumEventAgeInSeconds ?? DEFAULT_AGE_SECONDS) * 1000,
      ...(deadLetterArn !== undefined && { deadLetterArn: String(deadLetterArn) }),
    }));
  }

  private find(input: JsonObject): LiveSchedule {
    const { name, arn } = this.place(input);
    const schedule = this.schedules.get(arn);
    if (!schedule) {
      throw new ServiceError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
    }
    return schedule;
  }

  /** A role is assumed for the group of a schedule: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html */
  private place({ Name, GroupName }: JsonObject): { name: string; arn: string; groupArn: string } {
    const name = String(Name);
    const { account, region } = this.context;
    const [place, group] = [`arn:aws:scheduler:${region}:${account}`, String(GroupName ?? DEFAULT_GROUP)];
    return { name, arn: `${place}:schedule/${group}/${name}`, groupArn: `${place}:schedule-group/${group}` };
  }
}
