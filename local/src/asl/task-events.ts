import { StateFailure } from './failures';
import { Payload } from './payload';
import { Visit } from './visit';
import { JsonObject } from '../json';

/** What a Task's Resource says. */
export interface TaskTarget {
  readonly resource: string;
  /** Which family of events the history gets. */
  readonly kind: 'Task' | 'LambdaFunction' | 'Activity';
  /** `lambda` of arn:aws:states:::lambda:invoke.waitForTaskToken. */
  readonly service?: string;
  /** `invoke.waitForTaskToken` of the same. */
  readonly action?: string;
  /** The result comes later, through a token. */
  readonly waitsForToken: boolean;
}

export interface TaskSchedule {
  readonly timeoutInSeconds?: number;
  readonly heartbeatInSeconds?: number;
}

/** The events that a task leaves in the history. */
export class TaskEvents {
  private readonly common: object;

  constructor(
    private readonly visit: Visit,
    private readonly target: TaskTarget,
  ) {
    this.common = target.kind === 'Task' ? { resourceType: target.service, resource: target.action } : {};
  }

  /** What AWS calls the task in its messages: the service, or the function's ARN. */
  public get taskName(): string {
    return this.target.service ?? this.target.resource;
  }

  public scheduled(parameters: Payload, schedule: TaskSchedule, credentials?: JsonObject): void {
    const { kind, resource } = this.target;
    const region = this.visit.scope.execution.Execution.Id.split(':')[3];
    const details =
      kind === 'Task'
        ? { ...this.common, region, parameters: parameters.text }
        : { resource, input: parameters.text, inputDetails: { truncated: false } };
    this.visit.record(`${kind}Scheduled`, { ...details, ...schedule, ...(credentials && { taskCredentials: { roleArn: credentials.RoleArn } }) });
  }

  public started(): void {
    this.visit.record(`${this.target.kind}Started`, this.target.kind === 'Task' ? this.common : undefined);
  }

  public submitted(output: Payload): void {
    this.visit.record('TaskSubmitted', { ...this.common, output: output.text, outputDetails: { truncated: false } });
  }

  public succeeded(output: Payload): void {
    this.visit.record(`${this.target.kind}Succeeded`, {
      ...this.common,
      output: output.text,
      outputDetails: { truncated: false },
    });
  }

  public failed({ error, cause }: StateFailure): void {
    this.visit.record(`${this.target.kind}Failed`, { ...this.common, error, cause });
  }

  public timedOut({ error, cause }: StateFailure): void {
    this.visit.record(`${this.target.kind}TimedOut`, { ...this.common, error, cause });
  }
}

const INTEGRATION = /^arn:[^:]*:states:[^:]*:[^:]*:(.+):([^:]+?)(\.waitForTaskToken)?$/;

export function parseResource(resource: string): TaskTarget {
  if (/^arn:[^:]*:lambda:/.test(resource)) {
    return { resource, kind: 'LambdaFunction', waitsForToken: false };
  }
  if (/^arn:[^:]*:states:[^:]*:[^:]*:activity:/.test(resource)) {
    return { resource, kind: 'Activity', waitsForToken: false };
  }
  // The pattern stands behind the action, which itself may end in :2 as in startExecution.sync:2.
  const integration = INTEGRATION.exec(resource.replace(/\.sync:2$/, '.sync#2'));
  return {
    resource,
    kind: 'Task',
    service: integration?.[1],
    action: integration ? (integration[2] + (integration[3] ?? '')).replace('#2', ':2') : resource,
    waitsForToken: integration?.[3] !== undefined,
  };
}
