import { Json, JsonObject } from '../json';
import { refuse, Refusal } from './refusal';
import { StackTemplate } from './template';

/** What one type's property may be: AWS refuses to create anything else. */
interface Quota {
  readonly property: string;
  /** The longest text or list, or the most bytes of JSON. */
  readonly max: number;
  readonly of: 'characters' | 'bytes' | 'items';
}

/**
 * Quotas of names and sizes that cannot be raised.
 * Each is on the page of its resource type: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
 */
const QUOTAS: Readonly<Record<string, readonly Quota[]>> = {
  'AWS::CloudWatch::Alarm': [name('AlarmName', 255), { property: 'AlarmActions', max: 5, of: 'items' }],
  'AWS::CloudWatch::Dashboard': [name('DashboardName', 255)],
  'AWS::DynamoDB::Table': [name('TableName', 255), { property: 'GlobalSecondaryIndexes', max: 20, of: 'items' }],
  'AWS::Events::EventBus': [name('Name', 256)],
  'AWS::Events::Rule': [name('Name', 64), { property: 'Targets', max: 5, of: 'items' }],
  'AWS::IAM::ManagedPolicy': [name('ManagedPolicyName', 128), { property: 'PolicyDocument', max: 6_144, of: 'bytes' }],
  'AWS::IAM::RolePolicy': [name('PolicyName', 128), { property: 'PolicyDocument', max: 10_240, of: 'bytes' }],
  'AWS::IAM::Policy': [name('PolicyName', 128), { property: 'PolicyDocument', max: 10_240, of: 'bytes' }],
  'AWS::IAM::Role': [
    name('RoleName', 64), { property: 'ManagedPolicyArns', max: 10, of: 'items' }, { property: 'AssumeRolePolicyDocument', max: 2_048, of: 'bytes' },
  ],
  'AWS::KMS::Key': [{ property: 'KeyPolicy', max: 32_768, of: 'bytes' }],
  'AWS::Lambda::Function': [name('FunctionName', 64), { property: 'Environment', max: 4_096, of: 'bytes' }, { property: 'Layers', max: 5, of: 'items' }],
  'AWS::Logs::LogGroup': [name('LogGroupName', 512)],
  'AWS::Logs::QueryDefinition': [name('Name', 255), name('QueryString', 10_000)],
  'AWS::SNS::Topic': [name('TopicName', 256)],
  'AWS::SNS::TopicPolicy': [{ property: 'PolicyDocument', max: 30_720, of: 'bytes' }],
  'AWS::SQS::Queue': [name('QueueName', 80)],
  'AWS::Scheduler::Schedule': [name('Name', 64)],
  'AWS::SecretsManager::Secret': [name('Name', 512)],
  'AWS::StepFunctions::StateMachine': [name('StateMachineName', 80), { property: 'DefinitionString', max: 1_048_576, of: 'bytes' }],
};

const TEMPLATE_BYTES = 1_048_576;
const RESOURCES = 500;
const OUTPUTS = 200;

function name(property: string, max: number): Quota {
  return { property, max, of: 'characters' };
}

/** Refuses a template that CloudFormation does not take. */
export function checkTemplate(stack: StackTemplate): void {
  const { Resources = {}, Outputs = {} } = stack.template;
  const sizes: ReadonlyArray<readonly [string, number, number]> = [
    ['bytes', Buffer.byteLength(JSON.stringify(stack.template)), TEMPLATE_BYTES],
    ['resources', Object.keys(Resources).length, RESOURCES],
    ['outputs', Object.keys(Outputs).length, OUTPUTS],
  ];
  for (const [what, size, max] of sizes) {
    if (size > max) {
      throw new Refusal(`stack ${stack.name} has ${size} ${what}, and CloudFormation takes ${max}: divide it into several stacks`);
    }
  }
}

/** The properties of a type that have a quota. */
export function propertiesWithQuota(type: string): string[] {
  return (QUOTAS[type] ?? []).map(({ property }) => property);
}

/** Refuses a property that is longer or larger than AWS allows. */
export function checkQuotas(place: { readonly stack: string; readonly logicalId: string; readonly type: string }, properties: JsonObject): void {
  for (const { property, max, of } of QUOTAS[place.type] ?? []) {
    const size = sizeOf(properties[property], of);
    if (size > max) {
      throw refuse({ ...place, property }, `has ${size} ${of}, and AWS takes ${max}`, 'make it smaller');
    }
  }
}

function sizeOf(value: Json | undefined, of: Quota['of']): number {
  if (value === undefined) {
    return 0;
  }
  switch (of) {
    case 'items':
      return Array.isArray(value) ? value.length : 0;
    case 'characters':
      return typeof value === 'string' ? value.length : 0;
    case 'bytes':
      return Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value));
  }
}
