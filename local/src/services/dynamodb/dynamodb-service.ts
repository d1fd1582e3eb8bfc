import { Database } from './database';
import { MODEL } from './model.generated';
import { dynamoDbNeeds } from './needs';
import { createTable, IGNORED_TABLE_PROPERTIES, refuseOtherReplicas, Table, USED_TABLE_PROPERTIES } from './table';
import { StreamReader, TableStream } from './table-stream';
import { TimeToLive } from './time-to-live';
import { writtenTables } from './written-tables';
import { CreatedResource } from '../../assembly';
import { Json, JsonObject } from '../../json';
import { NeedTable } from '../access/need';
import { Resource } from '../resource';
import { Operation, ResourceType, Service } from '../service';
import { ServiceContext } from '../service-context';
import { ServiceError } from '../service-error';

const OPERATIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'DescribeTable',
  'DescribeTimeToLive',
  'ExecuteStatement',
  'ExecuteTransaction',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'TransactGetItems',
  'TransactWriteItems',
  'UpdateItem',
];

interface LiveTable {
  readonly table: Table;
  readonly stream: TableStream;
  readonly timeToLive?: TimeToLive;
}

/** DynamoDB: tables in a database beside us, with streams and time to live added. */
export class DynamoDbService implements Service {
  public readonly name = 'dynamodb';
  public readonly operations: Readonly<Record<string, Operation>>;
  public readonly types: Readonly<Record<string, ResourceType>> = {
    'AWS::DynamoDB::Table': { used: USED_TABLE_PROPERTIES, ignored: IGNORED_TABLE_PROPERTIES, create: (resource) => this.create(resource) },
    'AWS::DynamoDB::GlobalTable': {
      used: [...USED_TABLE_PROPERTIES, 'Replicas'],
      ignored: [...IGNORED_TABLE_PROPERTIES, 'WriteOnDemandThroughputSettings', 'WriteProvisionedThroughputSettings'],
      create: (resource) => {
        refuseOtherReplicas(resource);
        return this.create(resource);
      },
    },
  };

  public readonly model = MODEL;
  public readonly needs: NeedTable;
  private readonly tables = new Map<string, LiveTable>();

  constructor(
    private readonly context: ServiceContext,
    private readonly database: Database,
  ) {
    this.needs = dynamoDbNeeds(context.policies, `arn:aws:dynamodb:${context.region}:${context.account}`);
    this.operations = Object.fromEntries(
      OPERATIONS.map((operation) => [operation, (input: JsonObject) => context.clock.busy(this.perform(operation, input))]),
    );
  }

  public async subscribe(streamArn: string, reader: StreamReader): Promise<void> {
    const live = [...this.tables.values()].find(({ table }) => table.streamArn === streamArn);
    if (!live) {
      throw new ServiceError('ResourceNotFoundException', `there is no stream ${streamArn}; give its table a StreamSpecification`);
    }
    await live.stream.subscribe(reader);
  }

  private async create(resource: Resource): Promise<CreatedResource> {
    const { table, created } = await createTable(resource, this.database);
    this.context.policies.encrypt(table.arn, table.key);
    const stream = new TableStream(table, this.database, this.context.clock, this.context.background);
    this.tables.set(table.name, {
      table,
      stream,
      ...(table.timeToLive && {
        timeToLive: new TimeToLive(table, table.timeToLive, this.database, this.context.clock, stream, this.context.background),
      }),
    });
    return created;
  }

  private async perform(operation: string, input: JsonObject): Promise<Json> {
    try {
      return await this.database.call(operation, input);
    } finally {
      this.wake(writtenTables(operation, input));
    }
  }

  private wake(written: readonly string[] | 'any'): void {
    for (const name of written === 'any' ? this.tables.keys() : written) {
      const live = this.tables.get(name);
      live?.timeToLive?.written();
      if (live?.table.streamView) {
        live.stream.wake();
      }
    }
  }
}
