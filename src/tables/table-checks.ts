import { CfnResource, aws_dynamodb as dynamodb } from 'aws-cdk-lib';

const TYPES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

/** What says how a table is keyed; both kinds of tables have these names for it. */
type Schema = Pick<dynamodb.CfnTable, 'keySchema' | 'attributeDefinitions' | 'globalSecondaryIndexes'>;
type Keys = dynamodb.CfnTable.KeySchemaProperty[];
type Attributes = dynamodb.CfnTable.AttributeDefinitionProperty[];
type Indexes = dynamodb.CfnTable.GlobalSecondaryIndexProperty[];

/** What is wrong with the key of a brought table, which is to be a single string. @internal */
export function keyProblems(prop: string, table: dynamodb.ITable, name: string): string[] {
  const schema = schemaOf(table);
  const wanted = `${name} (S)`;
  const key = schema && shown(schema.keySchema as Keys, schema);
  return key === undefined || key === wanted ? [] : [`${prop} has the key ${key}: give it the partition key ${wanted} and no sort key`];
}

/** Whether a brought table lacks an index. @internal */
export function indexProblems(prop: string, table: dynamodb.ITable, index: dynamodb.GlobalSecondaryIndexProps, howToAdd: string): string[] {
  const schema = schemaOf(table);
  const found = (schema?.globalSecondaryIndexes as Indexes | undefined)?.find(({ indexName }) => indexName === index.indexName);
  const wanted = [index.partitionKey!, index.sortKey!].map(({ name, type }) => `${name} (${type})`).join(', ');
  if (!schema || (found && shown(found.keySchema as Keys, schema) === wanted)) {
    return [];
  }
  return [`${prop} has no index ${index.indexName} with the keys ${wanted}: add it with ${howToAdd}`];
}

/** As it will be deployed; of an imported table nobody knows. */
function schemaOf(table: dynamodb.ITable): Schema | undefined {
  const resource = table.node.defaultChild;
  if (!resource || !CfnResource.isCfnResource(resource) || !TYPES.includes(resource.cfnResourceType)) {
    return undefined;
  }
  const { keySchema, attributeDefinitions, globalSecondaryIndexes } = resource as dynamodb.CfnTable;
  return table.stack.resolve({ keySchema, attributeDefinitions, globalSecondaryIndexes });
}

function shown(keys: Keys, { attributeDefinitions }: Schema): string {
  const typeOf = (name: string) => (attributeDefinitions as Attributes).find(({ attributeName }) => attributeName === name)?.attributeType;
  return keys.map(({ attributeName }) => `${attributeName} (${typeOf(attributeName)})`).join(', ');
}
