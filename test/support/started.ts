import { AwsServices } from './aws-services';
import { Engine, startEngine } from './dynoxide';
import { StepFunctions } from './step-functions';

/** The database and the services that functions use. */
export interface Started {
  readonly engine: Engine;
  readonly services: AwsServices;
  readonly stepFunctions: StepFunctions;
}

/** Starts a database and the services once for all tests of the file. */
export function startOnce(): Started {
  let [engine, services, stepFunctions] = [] as unknown as [Engine, AwsServices, StepFunctions];
  beforeAll(async () => { [engine, services, stepFunctions] = await Promise.all([startEngine(), AwsServices.start(), StepFunctions.start()]); });
  afterAll(async () => Promise.all([engine.stop(), services.stop(), stepFunctions.stop()]));
  return {
    get engine() { return engine; },
    get services() { return services; },
    get stepFunctions() { return stepFunctions; },
  };
}
