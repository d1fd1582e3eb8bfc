import { BusEvent, inputOf } from './event-input';
import { JsonObject } from '../../json';
import { isDeliverable } from '../delivery';
import { isFifo, requireStandard } from '../fifo';
import { EVENT_BRIDGE } from '../patterns/dialect';
import { compilePattern, Pattern } from '../patterns/event-pattern';
import { PatternError } from '../patterns/pattern-error';
import { Resource } from '../resource';
import { deliverWithRetry } from '../retried-delivery';
import { Caller } from '../service';
import { ServiceContext } from '../service-context';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html */
const NEEDS_ROLE = ['states'];
const TARGET_MEMBERS = ['Id', 'Arn', 'Input', 'InputPath', 'InputTransformer', 'DeadLetterConfig', 'RetryPolicy', 'RoleArn'];
const DEFAULT_ATTEMPTS = 185;
const DEFAULT_AGE_SECONDS = 86_400;

/** A rule of a bus, or a schedule. */
export interface Rule {
  readonly arn: string;
  readonly busName: string;
  readonly pattern?: Pattern;
  readonly targets: readonly JsonObject[];
}

export function readRule(resource: Resource, arn: string, busName: string): Rule {
  const pattern = resource.get<JsonObject>('EventPattern');
  const targets = resource.get<JsonObject[]>('Targets') ?? [];
  for (const target of targets) {
    const unknown = Object.keys(target).filter((member) => !TARGET_MEMBERS.includes(member));
    if (unknown.length > 0) {
      throw resource.refuse('Targets', `has ${unknown.join(', ')}, which the local cloud does not know`, 'leave it out of local runs');
    }
    if (!isDeliverable(String(target.Arn)) && !isBus(target) && !isLog(target)) {
      throw resource.refuse(
        'Targets',
        `names ${String(target.Arn)}`,
        'targets here are functions, queues, topics, state machines and buses',
      );
    }
    if (isFifo(String(target.Arn)) && serviceOf(target) === 'sqs') {
      throw resource.refuse('Targets', `is refused: Parameter(s) SqsParameters must be specified for target: ${String(target.Id)}.`, 'give the target a message group');
    }
    requireStandard(resource, 'Targets', (target.DeadLetterConfig as JsonObject | undefined)?.Arn, 'EventBridge');
    if (target.RoleArn === undefined && NEEDS_ROLE.includes(serviceOf(target))) {
      throw resource.refuse('Targets', `is refused: RoleArn is required for target ${String(target.Arn)}.`, 'give the target a role that may start the state machine');
    }
  }
  return { arn, busName, targets, ...(pattern && { pattern: compileEventPattern(pattern) }) };
}

function compileEventPattern(pattern: JsonObject): Pattern {
  try {
    return compilePattern(pattern, EVENT_BRIDGE);
  } catch (error) {
    throw error instanceof PatternError ? new PatternError(`Event pattern is not valid. Reason: ${error.message}`) : error;
  }
}

/** Hands an event to every target of a rule. */
export function notifyTargets(
  rule: Rule,
  event: BusEvent,
  context: ServiceContext,
  forward: (busArn: string, event: BusEvent) => void,
): void {
  for (const target of rule.targets.filter((one) => !isLog(one))) {
    if (isBus(target)) {
      forward(String(target.Arn), event);
    } else {
      const caller = callerFor(rule, target);
      const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = (target.RetryPolicy ?? {}) as JsonObject;
      const deadLetterArn = (target.DeadLetterConfig as JsonObject | undefined)?.Arn;
      const message = inputOf(target, event, rule.arn);
      context.background.run(rule.arn, () => deliverWithRetry(context, caller, String(target.Arn), message, {
        maxAttempts: Number(MaximumRetryAttempts ?? DEFAULT_ATTEMPTS),
        maxAgeMs: Number(MaximumEventAgeInSeconds ?? DEFAULT_AGE_SECONDS) * 1000,
        ...(deadLetterArn !== undefined && { deadLetterArn: String(deadLetterArn) }),
      }));
    }
  }
}

/** A target is reached with the role that it names, else in the name of EventBridge. */
function callerFor({ arn }: Rule, { RoleArn }: JsonObject): Caller {
  return {
    kind: 'service',
    name: arn,
    as: RoleArn === undefined ? { service: 'events.amazonaws.com', sourceArn: arn } : { role: String(RoleArn) },
  };
}

function isBus(target: JsonObject): boolean {
  return serviceOf(target) === 'events';
}

/** A log group as a target only stores events; nothing is run by it. */
function isLog(target: JsonObject): boolean {
  return serviceOf(target) === 'logs';
}

function serviceOf({ Arn }: JsonObject): string {
  return String(Arn).split(':')[2];
}
