import { Database } from './database';
import { CreatedResource } from '../../assembly';
import { Json, JsonObject } from '../../json';
import { Resource } from '../resource';

export const USED_TABLE_PROPERTIES = [
  'TableName',
  'KeySchema',
  'AttributeDefinitions',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
  'StreamSpecification',
  'TimeToLiveSpecification',
  'SSESpecification',
];

/** The properties of a table that change nothing about one table on one machine. */
export const IGNORED_TABLE_PROPERTIES = [
  'BillingMode',
  'ProvisionedThroughput',
  'OnDemandThroughput',
  'WarmThroughput',
  'TableClass',
  'DeletionProtectionEnabled',
  'PointInTimeRecoverySpecification',
  'ContributorInsightsSpecification',
  'ResourcePolicy',
  'Tags',
  'KinesisStreamSpecification',
];

export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly keys: readonly string[];
  /** What its stream shows of an item, if it has a stream. */
  readonly streamView?: string;
  readonly streamArn: string;
  readonly timeToLive?: string;
  /** The customer's key that encrypts it. */
  readonly key?: string;
}

export async function createTable(resource: Resource, database: Database): Promise<{ table: Table; created: CreatedResource }> {
  const name = resource.name('TableName');
  const keySchema = resource.required<JsonObject[]>('KeySchema');
  const stream = resource.get<JsonObject>('StreamSpecification');
  const timeToLive = resource.get<JsonObject>('TimeToLiveSpecification');
  const local = resource.get<Json[]>('LocalSecondaryIndexes');
  const global = resource.get<JsonObject[]>('GlobalSecondaryIndexes');
  await database.call('CreateTable', {
    TableName: name,
    KeySchema: keySchema,
    AttributeDefinitions: resource.required<Json[]>('AttributeDefinitions'),
    BillingMode: 'PAY_PER_REQUEST',
    ...(local && { LocalSecondaryIndexes: local }),
    ...(global && { GlobalSecondaryIndexes: global.map(indexOnDemand) }),
  });
  const key = keyOf(resource);
  const arn = resource.arn('dynamodb', `table/${name}`);
  const table: Table = {
    name,
    arn,
    keys: keySchema.map(({ AttributeName }) => String(AttributeName)),
    streamArn: `${arn}/stream/2026-01-01T00:00:00.000`,
    ...(stream && { streamView: String(stream.StreamViewType) }),
    ...(key !== undefined && { key }),
    ...(timeToLive?.Enabled !== false && timeToLive && { timeToLive: String(timeToLive.AttributeName) }),
  };
  return { table, created: { ref: name, attributes: { Arn: arn, ...(stream && { StreamArn: table.streamArn }) } } };
}

/** A global table names its key with its replica. */
function keyOf(resource: Resource): string | undefined {
  const [replica] = resource.get<JsonObject[]>('Replicas') ?? [];
  const { KMSMasterKeyId } = (replica?.SSESpecification ?? resource.get('SSESpecification') ?? {}) as JsonObject;
  return KMSMasterKeyId as string | undefined;
}

/** A global table with one replica is a table like any other; CDK's TableV2 makes these. */
export function refuseOtherReplicas(resource: Resource): void {
  const replicas = resource.get<JsonObject[]>('Replicas') ?? [];
  if (replicas.length > 1) {
    const regions = replicas.map(({ Region }) => String(Region)).join(', ');
    throw resource.refuse('Replicas', `names ${regions}, and there is one region here`, 'leave the replicas out of local runs');
  }
}

function indexOnDemand({ IndexName, KeySchema, Projection }: JsonObject): JsonObject {
  return { IndexName, KeySchema, Projection };
}
