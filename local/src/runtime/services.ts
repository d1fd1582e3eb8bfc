import { AccessService } from '../services/access/access-service';
import { Addresses } from '../services/addresses';
import { ApiGatewayService } from '../services/api-gateway/api-gateway-service';
import { AlarmsService } from '../services/cloudwatch/alarms-service';
import { LogsService } from '../services/cloudwatch-logs/logs-service';
import { Database } from '../services/dynamodb/database';
import { DynamoDbService } from '../services/dynamodb/dynamodb-service';
import { DynoxideProcess } from '../services/dynamodb/dynoxide-process';
import { EventsService } from '../services/events/events-service';
import { EventSources } from '../services/lambda/event-sources/event-sources';
import { LambdaService } from '../services/lambda/lambda-service';
import { StandIn, StandIns } from '../services/lambda/stand-ins';
import { Outbox } from '../services/outbox';
import { PostsService } from '../services/posts/posts-service';
import { SchedulerService } from '../services/scheduler/scheduler-service';
import { GivenSecrets, SecretValues } from '../services/secrets/given-secrets';
import { SecretsService } from '../services/secrets/secrets-service';
import { Service } from '../services/service';
import { ServiceContext } from '../services/service-context';
import { SesService } from '../services/ses/ses-service';
import { SnsService } from '../services/sns/sns-service';
import { SqsService } from '../services/sqs/sqs-service';
import { StatesService } from '../services/states/states-service';
import { statusChange } from '../services/states/status-change';

export interface ServiceOptions {
  readonly dynamodbEndpoint?: string;
  readonly maxInstances?: number;
  readonly modulePaths: readonly string[];
  readonly virtualTime: boolean;
  readonly apiPort?: number;
  readonly secrets?: SecretValues;
  readonly functions?: Readonly<Record<string, StandIn>>;
}

/** All services, and those among them that are used for more than calls. */
export interface RunningServices {
  readonly all: readonly Service[];
  readonly lambda: LambdaService;
  readonly standIns: StandIns;
  readonly sqs: SqsService;
  readonly states: StatesService;
  readonly outbox: Outbox;
  readonly alarms: AlarmsService;
  readonly apis: ApiGatewayService;
  readonly addresses: Addresses;
  close(): Promise<void>;
}

const DEFAULT_MAX_INSTANCES = 4;

/** Every service of the local cloud, started and known to each other. */
export async function createServices(context: ServiceContext, options: ServiceOptions): Promise<RunningServices> {
  const dynoxide = options.dynamodbEndpoint ? undefined : await DynoxideProcess.start();
  const outbox = new Outbox(context.clock);
  const database = new Database(options.dynamodbEndpoint ?? dynoxide!.url);
  const dynamodb = new DynamoDbService(context, database);
  const standIns = new StandIns(options.functions);
  const lambda = new LambdaService(context, { ...options, maxInstances: options.maxInstances ?? DEFAULT_MAX_INSTANCES, standIns });
  const states = new StatesService(context);
  const sqs = new SqsService(context);
  const events = new EventsService(context);
  states.executions.onStatus((record) => {
    if (!record.machine.express) {
      const { resources, detail } = statusChange(record);
      events.emit('aws.states', 'Step Functions Execution Status Change', resources, detail);
    }
  });
  const alarms = new AlarmsService(context);
  const addresses = new Addresses();
  const apis = new ApiGatewayService(context, addresses, options.apiPort ?? 0);
  const all: Service[] = [
    new AccessService(context.policies, context),
    new LogsService(),
    alarms,
    // Closed in this order: what calls others goes first.
    states,
    lambda,
    apis,
    new EventSources(context, dynamodb, sqs),
    dynamodb,
    sqs,
    new SnsService(context, outbox),
    events,
    new SchedulerService(context),
    new SesService(context, outbox),
    new PostsService(outbox),
    new SecretsService(context, new GivenSecrets(options.secrets)),
  ];
  all.forEach((service) => context.calls.add(service));
  return {
    all,
    lambda,
    standIns,
    sqs,
    states,
    outbox,
    alarms,
    apis,
    addresses,
    close: async () => {
      const ended = context.background.close();
      for (const service of all) {
        await service.close?.();
      }
      await ended;
      await database.close();
      await dynoxide?.stop();
    },
  };
}
