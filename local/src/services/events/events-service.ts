import { BusEvent } from './event-input';
import { MODEL } from './model.generated';
import { eventsNeeds } from './needs';
import { notifyTargets, readRule, Rule } from './rule';
import { CreatedResource } from '../../assembly';
import { isJsonObject, Json, JsonObject } from '../../json';
import { randomUuid } from '../../random';
import { NeedTable } from '../access/need';
import { Resource } from '../resource';
import { repeat } from '../scheduler/repeat';
import { Operation, ResourceType, Service } from '../service';
import { ServiceContext } from '../service-context';
import { ServiceError } from '../service-error';

const MAX_ENTRY_BYTES = 256 * 1024;
const DEFAULT_BUS = 'default';

/** EventBridge: buses, rules and their targets. */
export class EventsService implements Service {
  public readonly name = 'events';
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::Events::EventBus': {
      used: ['Name'],
      ignored: ['DeadLetterConfig', 'Description', 'KmsKeyIdentifier', 'LogConfig', 'Policy', 'Tags'],
      create: (resource) => {
        const name = resource.name('Name');
        const arn = resource.arn('events', `event-bus/${name}`);
        this.buses.add(name);
        return { ref: name, attributes: { Arn: arn, Name: name } };
      },
    },
    'AWS::Events::Rule': {
      used: ['Name', 'EventBusName', 'EventPattern', 'ScheduleExpression', 'State', 'Targets', 'RoleArn'],
      ignored: ['Description', 'Tags'],
      create: (resource) => this.createRule(resource),
    },
  };

  public readonly operations: Readonly<Record<string, Operation>> = { PutEvents: ({ Entries }) => this.put(Entries as JsonObject[]) };

  public readonly model = MODEL;
  public readonly needs: NeedTable;
  private readonly buses = new Set([DEFAULT_BUS]);
  private readonly rules: Rule[] = [];

  constructor(private readonly context: ServiceContext) {
    const { region, account } = context;
    this.needs = eventsNeeds(({ EventBusName }) => `arn:aws:events:${region}:${account}:event-bus/${nameOfBus(EventBusName)}`);
  }

  /** Puts an event of a service of AWS onto the default bus. */
  public emit(source: string, detailType: string, resources: string[], detail: JsonObject): void {
    this.publish(DEFAULT_BUS, this.event({ Source: source, DetailType: detailType, Resources: resources }, detail));
  }

  private createRule(resource: Resource): CreatedResource {
    const name = resource.name('Name');
    const busName = nameOfBus(resource.get('EventBusName'));
    const arn = resource.arn('events', busName === DEFAULT_BUS ? `rule/${name}` : `rule/${busName}/${name}`);
    const rule = readRule(resource, arn, busName);
    this.checkRoles(resource, rule);
    const schedule = resource.get<string>('ScheduleExpression');
    if (resource.get('State') !== 'DISABLED') {
      this.rules.push(rule);
      if (schedule) {
        repeat(schedule, this.context.clock, () => this.deliver(rule, this.event({
          Source: 'aws.events', DetailType: 'Scheduled Event', Resources: [arn],
        }, {})));
      }
    }
    return { ref: busName === DEFAULT_BUS ? name : `${busName}|${name}`, attributes: { Arn: arn } };
  }

  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html */
  private checkRoles(resource: Resource, { arn, targets }: Rule): void {
    const roles = [{ property: 'RoleArn', role: resource.get('RoleArn') }, ...targets.map(({ RoleArn }) => ({ property: 'Targets', role: RoleArn }))];
    for (const { property, role } of roles) {
      if (role !== undefined) {
        this.context.creation.requireTrust(resource, property, String(role), 'events.amazonaws.com', arn,
          `Provided role '${String(role)}' cannot be assumed by principal 'events.amazonaws.com'.`);
      }
    }
  }

  private put(entries: readonly JsonObject[]): JsonObject {
    const Entries = entries.map((entry): JsonObject => {
      const problem = problemOf(entry);
      if (problem) {
        return problem;
      }
      const event = this.event(entry, JSON.parse(String(entry.Detail)) as JsonObject);
      this.publish(nameOfBus(entry.EventBusName), event);
      return { EventId: event.id };
    });
    return { Entries, FailedEntryCount: Entries.filter(({ ErrorCode }) => ErrorCode !== undefined).length };
  }

  private event({ Source, DetailType, Resources, Time }: JsonObject, detail: JsonObject): BusEvent {
    const { account, region, clock, random } = this.context;
    const at = Time === undefined ? clock.now() : Number(Time) * 1000;
    return {
      'version': '0',
      'id': randomUuid(random),
      'detail-type': String(DetailType),
      'source': String(Source),
      account,
      'time': `${new Date(at).toISOString().slice(0, 19)}Z`,
      region,
      'resources': (Resources as string[] | undefined) ?? [],
      detail,
    };
  }

  private publish(busName: string, event: BusEvent): void {
    if (!this.buses.has(busName)) {
      throw new ServiceError('ResourceNotFoundException', `Event bus ${busName} does not exist.`);
    }
    this.rules.filter((rule) => rule.busName === busName && rule.pattern?.(event)).forEach((rule) => this.deliver(rule, event));
  }

  private deliver(rule: Rule, event: BusEvent): void {
    notifyTargets(rule, event, this.context, (busArn, forwarded) => this.publish(nameOfBus(busArn), forwarded));
  }
}

function nameOfBus(reference: Json | undefined): string {
  const text = String(reference ?? DEFAULT_BUS);
  return text.slice(text.lastIndexOf('/') + 1);
}

/** What is wrong with an entry, as PutEvents answers it for that entry alone. */
function problemOf({ Detail, DetailType, Source }: JsonObject): JsonObject | undefined {
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (value === undefined || value === '') {
      return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.` };
    }
  }
  if (Buffer.byteLength(String(Detail)) > MAX_ENTRY_BYTES) {
    throw new ServiceError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  return isObjectText(String(Detail)) ? undefined : { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

function isObjectText(text: string): boolean {
  try {
    return isJsonObject(JSON.parse(text));
  } catch {
    return false;
  }
}
