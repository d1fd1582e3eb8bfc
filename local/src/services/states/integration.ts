import { INTEGRATION_MODELS } from './integration-models';

/** How the names of errors are made from a service's exceptions: the two families differ. */
export interface Integration {
  readonly family: 'optimized' | 'sdk';
  /** The service's name among services here. */
  readonly service: string;
  readonly operation: string;
  /** What the names of its errors begin with. */
  readonly errorPrefix: string;
  /** The service's name in causes. */
  readonly serviceTitle: string;
  readonly waitsForToken: boolean;
  readonly waitsForEnd: boolean;
}

type ServiceNames = Pick<Integration, 'service' | 'errorPrefix' | 'serviceTitle'>;
type OptimizedNames = ServiceNames & { readonly operations: readonly string[]; readonly patterns: readonly string[] };

/** Integrations with a form of their own: https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html */
const OPTIMIZED: Readonly<Record<string, OptimizedNames>> = {
  dynamodb: {
    service: 'dynamodb',
    errorPrefix: 'DynamoDB',
    serviceTitle: 'AmazonDynamoDBv2',
    operations: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
    patterns: [],
  },
  events: { service: 'events', errorPrefix: 'EventBridge', serviceTitle: 'AmazonEventBridge', operations: ['putEvents'], patterns: ['waitForTaskToken'] },
  lambda: { service: 'lambda', errorPrefix: 'Lambda', serviceTitle: 'AWSLambda', operations: ['invoke'], patterns: ['waitForTaskToken'] },
  sns: { service: 'sns', errorPrefix: 'SNS', serviceTitle: 'AmazonSNS', operations: ['publish'], patterns: ['waitForTaskToken'] },
  sqs: { service: 'sqs', errorPrefix: 'SQS', serviceTitle: 'AmazonSQS', operations: ['sendMessage'], patterns: ['waitForTaskToken'] },
  states: {
    service: 'states',
    errorPrefix: 'StepFunctions',
    serviceTitle: 'AWSStepFunctions',
    operations: ['startExecution'],
    patterns: ['sync', 'sync:2', 'waitForTaskToken'],
  },
};

/** Any operation of the AWS SDK; https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
const SDK: Readonly<Record<string, ServiceNames>> = {
  dynamodb: { service: 'dynamodb', errorPrefix: 'DynamoDb', serviceTitle: 'DynamoDb' },
  eventbridge: { service: 'events', errorPrefix: 'EventBridge', serviceTitle: 'EventBridge' },
  scheduler: { service: 'scheduler', errorPrefix: 'Scheduler', serviceTitle: 'Scheduler' },
  secretsmanager: { service: 'secretsmanager', errorPrefix: 'SecretsManager', serviceTitle: 'SecretsManager' },
  sesv2: { service: 'ses', errorPrefix: 'SesV2', serviceTitle: 'SesV2' },
  sfn: { service: 'states', errorPrefix: 'Sfn', serviceTitle: 'Sfn' },
  sns: { service: 'sns', errorPrefix: 'Sns', serviceTitle: 'Sns' },
  sqs: { service: 'sqs', errorPrefix: 'Sqs', serviceTitle: 'Sqs' },
};
const SDK_PATTERNS = ['waitForTaskToken'];

const RESOURCE = /^arn:[^:]+:states:[^:]*:[^:]*:(?:(aws-sdk):)?([^:]+):([^.]+)(?:\.(waitForTaskToken|sync|sync:2))?$/;
const FUNCTION_ARN = /^arn:[^:]+:lambda:/;

const READ = new Map<string, Integration | 'function' | undefined>();

/** The integration that a Task's Resource names; undefined if nothing here can do it. */
export function readResource(resource: string): Integration | 'function' | undefined {
  if (!READ.has(resource)) {
    READ.set(resource, read(resource));
  }
  return READ.get(resource);
}

function read(resource: string): Integration | 'function' | undefined {
  if (FUNCTION_ARN.test(resource)) {
    return 'function';
  }
  const { sdk, names, operation, pattern } = partsOf(resource);
  if (!names || !isRecognized(resource) || !Object.hasOwn(INTEGRATION_MODELS[names.service].operations, capitalized(operation))) {
    return undefined;
  }
  const { service, errorPrefix, serviceTitle } = names;
  return {
    family: sdk ? 'sdk' : 'optimized',
    service,
    errorPrefix,
    serviceTitle,
    operation: capitalized(operation),
    waitsForToken: pattern === 'waitForTaskToken',
    waitsForEnd: pattern?.startsWith('sync') ?? false,
  };
}

/** Whether Step Functions has such an action with such a pattern. What other services have is not known here. */
export function isRecognized(resource: string): boolean {
  const { sdk, names, operation, pattern } = partsOf(resource);
  if (!names) {
    return true;
  }
  const { operations, patterns } = sdk
    ? { operations: INTEGRATION_MODELS[names.service].known.map((name) => name[0].toLowerCase() + name.slice(1)), patterns: SDK_PATTERNS }
    : names as OptimizedNames;
  return operations.includes(operation) && (pattern === undefined || patterns.includes(pattern));
}

function partsOf(resource: string) {
  const [, sdk, name = '', operation = '', pattern] = RESOURCE.exec(resource) ?? [];
  const family: Readonly<Record<string, ServiceNames>> = sdk ? SDK : OPTIMIZED;
  return { sdk: sdk !== undefined, names: Object.hasOwn(family, name) ? family[name] : undefined, operation, pattern: pattern as string | undefined };
}

function capitalized(operation: string): string {
  return operation[0].toUpperCase() + operation.slice(1);
}
