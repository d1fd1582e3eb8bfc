import { Database } from '../services/dynamodb/database';
import { DynamoDbService } from '../services/dynamodb/dynamodb-service';
import { DynoxideProcess } from '../services/dynamodb/dynoxide-process';
import { LambdaService } from '../services/lambda/lambda-service';
import { Service, Surroundings } from '../services/service';
import { StatesService } from '../services/states/states-service';
import { VirtualClock } from '../virtual-clock';

export interface ServiceOptions {
  readonly dynamodbEndpoint?: string;
  readonly maxInstances?: number;
  readonly modulePaths: readonly string[];
}

export interface RunningServices {
  readonly services: readonly Service[];
  readonly lambda: LambdaService;
  close(): Promise<void>;
}

const DEFAULT_MAX_INSTANCES = 4;

/** Every service of the local cloud, started and known to each other. */
export async function createServices(surroundings: Surroundings, options: ServiceOptions): Promise<RunningServices> {
  const dynoxide = options.dynamodbEndpoint ? undefined : await DynoxideProcess.start();
  const dynamodb = new DynamoDbService(surroundings, new Database(options.dynamodbEndpoint ?? dynoxide!.url));
  const lambda = new LambdaService(surroundings, {
    maxInstances: options.maxInstances ?? DEFAULT_MAX_INSTANCES,
    modulePaths: options.modulePaths,
    virtualTime: surroundings.clock instanceof VirtualClock,
  });
  const states = new StatesService(surroundings);
  const services: Service[] = [states, lambda, dynamodb];
  services.forEach((service) => surroundings.calls.add(service));
  return {
    services,
    lambda,
    close: async () => {
      for (const service of services) {
        await service.close?.();
      }
      await dynoxide?.stop();
    },
  };
}
