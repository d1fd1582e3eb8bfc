import { CfnResource, aws_dynamodb as dynamodb } from 'aws-cdk-lib';

const TYPES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

type Keys = ReadonlyArray<{ readonly AttributeName: string }>;

/** What says how a table is keyed, as it stands in the template; both kinds of tables have these names for it. */
interface Schema {
  readonly KeySchema: Keys;
  readonly AttributeDefinitions: ReadonlyArray<{ readonly AttributeName: string; readonly AttributeType: string }>;
  readonly GlobalSecondaryIndexes?: ReadonlyArray<{ readonly IndexName: string; readonly KeySchema: Keys }>;
}

/** What is wrong with the key of a brought table, which is to be a single string. @internal */
export function keyProblems(prop: string, table: dynamodb.ITable, name: string): string[] {
  const schema = schemaOf(table);
  const wanted = `${name} (S)`;
  const key = schema && shown(schema.KeySchema, schema);
  return key === undefined || key === wanted ? [] : [`${prop} has the key ${key}: give it the partition key ${wanted} and no sort key`];
}

/** Whether a brought table lacks an index. @internal */
export function indexProblems(prop: string, table: dynamodb.ITable, index: dynamodb.GlobalSecondaryIndexProps, howToAdd: string): string[] {
  const schema = schemaOf(table);
  const found = schema?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index.indexName);
  const wanted = [index.partitionKey!, index.sortKey!].map(({ name, type }) => `${name} (${type})`).join(', ');
  if (!schema || (found && shown(found.KeySchema, schema) === wanted)) {
    return [];
  }
  return [`${prop} has no index ${index.indexName} with the keys ${wanted}: add it with ${howToAdd}`];
}

/** As it will be deployed, overrides included. Of a table that was imported, or whose keys a deployment chooses, nobody knows. */
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
