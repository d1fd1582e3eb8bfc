import { CfnResource, aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { OPEN_ORDERS_INDEX_PROPS } from './open-orders-index';

const TYPES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

type Keys = ReadonlyArray<{ readonly AttributeName: string }>;

/** The keys of a table in the template; both kinds of tables have these properties. */
interface Schema {
  readonly KeySchema: Keys;
  readonly AttributeDefinitions: ReadonlyArray<{ readonly AttributeName: string; readonly AttributeType: string }>;
  readonly GlobalSecondaryIndexes?: ReadonlyArray<{ readonly IndexName: string; readonly KeySchema: Keys }>;
}

/** The problems of the key of an existing table, which must be a single string. @internal */
export function keyProblems(prop: string, table: dynamodb.ITable, name: string): string[] {
  const schema = schemaOf(table);
  const wanted = `${name} (S)`;
  const key = schema && shown(schema.KeySchema, schema);
  return key === undefined || key === wanted ? [] : [`${prop} has the key ${key}: give it the partition key ${wanted} and no sort key`];
}

/** The problems of the index of an existing table. @internal */
export function indexProblems(prop: string, table: dynamodb.ITable, index: typeof OPEN_ORDERS_INDEX_PROPS, howToAdd: string): string[] {
  const schema = schemaOf(table);
  const found = schema?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index.indexName);
  const wanted = [index.partitionKey, index.sortKey].map(({ name, type }) => `${name} (${type})`).join(', ');
  if (!schema || (found && shown(found.KeySchema, schema) === wanted)) {
    return [];
  }
  return [`${prop} has no index ${index.indexName} with the keys ${wanted}: add it with ${howToAdd}`];
}

/** As it will be deployed, overrides included; undefined for an imported table, or one whose keys are only known at deployment. */
function schemaOf(table: dynamodb.ITable): Schema | undefined {
  const resource = table.node.defaultChild;
  if (!resource || !CfnResource.isCfnResource(resource) || !TYPES.includes(resource.cfnResourceType)) {
    return undefined;
  }
  const { Resources } = table.stack.resolve((resource as unknown as { _toCloudFormation(): object })._toCloudFormation());
  const [{ Properties: schema }] = Object.values<{ Properties: Schema }>(Resources);
  const indexes = schema.GlobalSecondaryIndexes ?? [];
  const areIndexesPlain = Array.isArray(indexes) && indexes.every(({ KeySchema }) => isPlain(KeySchema));
  return isPlain(schema.AttributeDefinitions) && isPlain(schema.KeySchema) && areIndexesPlain ? schema : undefined;
}

function isPlain(keys: unknown): boolean {
  return Array.isArray(keys) && keys.every(({ AttributeName }) => typeof AttributeName === 'string');
}

function shown(keys: Keys, { AttributeDefinitions }: Schema): string {
  const typeOf = (name: string) => AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
  return keys.map(({ AttributeName }) => `${AttributeName} (${typeOf(AttributeName)})`).join(', ');
}
