/** A service of the local cloud, and what of its published model is kept. */
export interface ModelledService {
  /** The folder in local/src/services. */
  readonly folder: string;
  /** The folder in botocore/data, with the version of the API. */
  readonly source: string;
  readonly operations: readonly string[];
}

/** One per service of the local cloud that has calls; a test of the local cloud reports an operation that is not here. */
export const MODELLED_SERVICES: readonly ModelledService[] = [
  { folder: 'api-gateway', source: 'apigatewaymanagementapi/2018-11-29', operations: ['DeleteConnection', 'GetConnection', 'PostToConnection'] },
  {
    folder: 'dynamodb',
    source: 'dynamodb/2012-08-10',
    operations: [
      'BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'DescribeTable', 'DescribeTimeToLive', 'ExecuteStatement', 'ExecuteTransaction', 'GetItem',
      'ListTables', 'PutItem', 'Query', 'Scan', 'TransactGetItems', 'TransactWriteItems', 'UpdateItem',
    ],
  },
  { folder: 'events', source: 'events/2015-10-07', operations: ['PutEvents'] },
  { folder: 'lambda', source: 'lambda/2015-03-31', operations: ['Invoke'] },
  { folder: 'scheduler', source: 'scheduler/2021-06-30', operations: ['CreateSchedule', 'DeleteSchedule', 'GetSchedule'] },
  { folder: 'secrets', source: 'secretsmanager/2017-10-17', operations: ['CreateSecret', 'GetSecretValue', 'PutSecretValue'] },
  { folder: 'ses', source: 'sesv2/2019-09-27', operations: ['SendEmail'] },
  { folder: 'sns', source: 'sns/2010-03-31', operations: ['Publish', 'PublishBatch'] },
  {
    folder: 'sqs',
    source: 'sqs/2012-11-05',
    operations: [
      'ChangeMessageVisibility', 'DeleteMessage', 'DeleteMessageBatch', 'GetQueueAttributes', 'GetQueueUrl', 'PurgeQueue', 'ReceiveMessage',
      'SendMessage', 'SendMessageBatch',
    ],
  },
  {
    folder: 'states',
    source: 'stepfunctions/2016-11-23',
    operations: [
      'DescribeExecution', 'DescribeStateMachine', 'GetExecutionHistory', 'ListExecutions', 'SendTaskFailure', 'SendTaskHeartbeat', 'SendTaskSuccess',
      'StartExecution', 'StartSyncExecution', 'StopExecution',
    ],
  },
];

interface Reference {
  readonly shape: string;
}

/** A type in a service-2.json of botocore. */
interface PublishedShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, Reference>>;
  readonly required?: readonly string[];
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: boolean;
}

/** What we read of a service-2.json of botocore. */
export interface PublishedModel {
  readonly operations: Readonly<Record<string, { readonly input?: Reference; readonly errors?: readonly Reference[] }>>;
  readonly shapes: Readonly<Record<string, PublishedShape>>;
}

/** The source of the file with what is kept of a model: the operations and whatever shapes their inputs reach, in alphabetical order. */
export function sourceOf({ operations: published, shapes }: PublishedModel, operations: readonly string[], origin: string): string {
  const kept = operations.map((name) => {
    const { input, errors = [] } = published[name];
    return { name, operation: { input: input!.shape, errors: errors.map(({ shape }) => shape) } };
  });
  const reached = new Set<string>();
  kept.forEach(({ operation }) => reach(operation.input, shapes, reached));
  return [
    `// From ${origin} (Apache-2.0). To change it, run projenrc/write-service-models.ts.`,
    'import { ServiceModel } from \'../../models\';',
    '',
    'export const MODEL: ServiceModel = {',
    '  operations: {',
    ...kept.map(({ name, operation }) => `    ${name}: ${literal(operation)},`),
    '  },',
    `  known: ${literal(Object.keys(published).sort())},`,
    '  shapes: {',
    ...[...reached].sort().map((name) => `    ${name}: ${literal(keptOf(shapes[name]))},`),
    '  },',
    '};',
    '',
  ].join('\n');
}

function reach(name: string, shapes: PublishedModel['shapes'], reached: Set<string>): void {
  if (reached.has(name)) {
    return;
  }
  reached.add(name);
  const { members = {}, member, key, value } = shapes[name];
  [...Object.values(members), member, key, value].forEach((part) => part && reach(part.shape, shapes, reached));
}

function keptOf({ type, members, required, member, key, value, enum: values, pattern, min, max, sensitive }: PublishedShape): object {
  return {
    type,
    members: members && Object.fromEntries(Object.entries(members).map(([name, { shape }]) => [name, shape])),
    required: required?.length ? required : undefined,
    member: member?.shape,
    key: key?.shape,
    value: value?.shape,
    enum: values,
    pattern,
    min,
    max,
    sensitive,
  };
}

/** A value as TypeScript on one line. */
function literal(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(literal).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    return `{ ${entries.map(([name, part]) => `${name}: ${literal(part)}`).join(', ')} }`;
  }
  return typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'` : JSON.stringify(value);
}
