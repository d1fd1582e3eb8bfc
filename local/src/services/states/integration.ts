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

type ServiceNames = Pick<Integration, 'service' | 'errorPrefix' | 'serviceTitle'> & { readonly operations?: readonly string[] };

/** Integrations with a form of their own. */
const OPTIMIZED: Readonly<Record<string, ServiceNames>> = {
  dynamodb: {
    service: 'dynamodb',
    errorPrefix: 'DynamoDB',
    serviceTitle: 'AmazonDynamoDBv2',
    operations: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
  },
  events: { service: 'events', errorPrefix: 'EventBridge', serviceTitle: 'AmazonEventBridge', operations: ['putEvents'] },
  lambda: { service: 'lambda', errorPrefix: 'Lambda', serviceTitle: 'AWSLambda', operations: ['invoke'] },
  sns: { service: 'sns', errorPrefix: 'SNS', serviceTitle: 'AmazonSNS', operations: ['publish'] },
  sqs: { service: 'sqs', errorPrefix: 'SQS', serviceTitle: 'AmazonSQS', operations: ['sendMessage'] },
  states: { service: 'states', errorPrefix: 'StepFunctions', serviceTitle: 'AWSStepFunctions', operations: ['startExecution'] },
};

/** Any operation of the AWS SDK. */
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

const RESOURCE = /^arn:[^:]+:states:[^:]*:[^:]*:(?:(aws-sdk):)?([^:]+):([^.]+)(?:\.(waitForTaskToken|sync|sync:2))?$/;
const FUNCTION_ARN = /^arn:[^:]+:lambda:/;

/** The integration that a Task's Resource names; undefined if nothing here can do it. */
export function readResource(resource: string): Integration | 'function' | undefined {
  if (FUNCTION_ARN.test(resource)) {
    return 'function';
  }
  const [, sdk, name, operation, pattern] = RESOURCE.exec(resource) ?? [];
  const names = name && (sdk ? SDK : OPTIMIZED)[name];
  if (!names || (names.operations && !names.operations.includes(operation))) {
    return undefined;
  }
  const waitsForEnd = pattern?.startsWith('sync') ?? false;
  if (waitsForEnd && names.service !== 'states') {
    return undefined;
  }
  const { service, errorPrefix, serviceTitle } = names;
  return {
    family: sdk ? 'sdk' : 'optimized',
    service,
    errorPrefix,
    serviceTitle,
    operation: operation[0].toUpperCase() + operation.slice(1),
    waitsForToken: pattern === 'waitForTaskToken',
    waitsForEnd,
  };
}
