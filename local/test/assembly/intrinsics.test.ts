import { CrossStackValues, resolve, StackScope, StackTemplate, Template } from '../../src/assembly';
import { Json } from '../../src/json';

const PROVIDER = { name: 'Provider', region: 'eu-west-1' };

function scope(template: Template = {}, values = new CrossStackValues()): StackScope {
  const stack: StackTemplate = { name: 'Orders', account: '000000000000', region: 'eu-west-1', template, assets: new Map() };
  const created = new StackScope(stack, values);
  created.add('Table', { ref: 'orders', attributes: { 'Arn': 'arn:table', 'Nested.Name': 'deep' } });
  return created;
}

test.each<[string, Json, Json | undefined]>([
  ['Ref of a resource', { Ref: 'Table' }, 'orders'],
  ['Ref of a parameter', { Ref: 'Size' }, 5],
  ['Ref of a list parameter', { Ref: 'Names' }, ['a', 'b']],
  ['the region', { Ref: 'AWS::Region' }, 'eu-west-1'],
  [
    'no value, which takes the property with it',
    { kept: 1, gone: { Ref: 'AWS::NoValue' }, list: [1, { Ref: 'AWS::NoValue' }, 2] },
    { kept: 1, list: [1, 2] },
  ],
  ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
  ['Fn::GetAtt as text, with a dot in the attribute', { 'Fn::GetAtt': 'Table.Nested.Name' }, 'deep'],
  ['Fn::Join', { 'Fn::Join': ['/', ['a', { Ref: 'Table' }, 5]] }, 'a/orders/5'],
  ['Fn::Join of a split', { 'Fn::Join': ['-', { 'Fn::Split': [':', 'a:b'] }] }, 'a-b'],
  ['Fn::Sub', { 'Fn::Sub': '${Table} ${Table.Arn} ${AWS::AccountId} ${!Literal}' }, 'orders arn:table 000000000000 ${Literal}'],
  ['Fn::Sub with variables', { 'Fn::Sub': ['${name}-${Table}', { name: { Ref: 'Size' } }] }, '5-orders'],
  ['Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
  ['Fn::If', { 'Fn::If': ['IsLarge', 'large', { Ref: 'AWS::NoValue' }] }, 'large'],
  ['Fn::If on the other branch', { 'Fn::If': ['IsSmall', 'small', { Ref: 'Table' }] }, 'orders'],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Runtimes', { Ref: 'AWS::Region' }, 'node'] }, 'nodejs22.x'],
  ['Fn::FindInMap with a default', { 'Fn::FindInMap': ['Runtimes', 'mars', 'node', { DefaultValue: 'nodejs24.x' }] }, 'nodejs24.x'],
  ['Fn::ImportValue', { 'Fn::ImportValue': 'other:Table' }, 'imported'],
  [
    'Fn::GetStackOutput, as the CDK writes it for a weak reference',
    { 'Fn::GetStackOutput': { StackName: 'Provider', Region: { Ref: 'AWS::Region' }, OutputName: 'PublishOutputRefTopic' } },
    'arn:topic',
  ],
  ['Fn::GetStackOutput without a region', { 'Fn::GetStackOutput': { StackName: 'Provider', OutputName: 'PublishOutputRefTopic' } }, 'arn:topic'],
  ['Fn::Base64', { 'Fn::Base64': 'order' }, 'b3JkZXI='],
  ['Fn::GetAZs', { 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
  ['an object that only looks like a function', { Ref: 'Table', More: 1 }, { Ref: 'Table', More: 1 }],
])('%s', (_, value, expected) => {
  const template: Template = {
    Parameters: { Size: { Type: 'Number', Default: 5 }, Names: { Type: 'CommaDelimitedList', Default: 'a, b' } },
    Mappings: { Runtimes: { 'eu-west-1': { node: 'nodejs22.x' } } },
    Conditions: {
      IsLarge: { 'Fn::And': [{ 'Fn::Equals': [{ Ref: 'Size' }, 5] }, { 'Fn::Not': [{ Condition: 'IsSmall' }] }] },
      IsSmall: { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'Size' }, 1] }, { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'mars'] }] },
    },
  };
  const values = new CrossStackValues();
  values.export('other:Table', 'imported', PROVIDER);
  values.add(PROVIDER, { PublishOutputRefTopic: 'arn:topic' });
  expect(resolve(value, scope(template, values))).toEqual(expected);
});

test.each<[Json, string]>([
  [{ 'Fn::Cidr': ['10.0.0.0/16', 1, 8] }, 'Fn::Cidr is not an intrinsic function that the local cloud knows'],
  [{ Ref: 'Missing' }, 'stack Orders refers to Missing, which is not there: the template has nothing of that name'],
  [{ 'Fn::GetAtt': ['Table', 'Size'] }, 'Orders/Table has no attribute Size in the local cloud; those it has: Arn, Nested.Name'],
  [{ 'Fn::ImportValue': 'missing' }, 'stack Orders is refused: No export named missing found; add the stack that exports it, and let Orders depend on it'],
  [
    { 'Fn::GetStackOutput': { StackName: 'Provider', OutputName: 'Queue' } },
    'stack Orders reads the output Queue of stack Provider in eu-west-1, which has no such output; those it has: Topic',
  ],
  [
    { 'Fn::GetStackOutput': { StackName: 'Provider', OutputName: 'Topic', Region: 'us-east-1' } },
    'stack Orders reads the output Topic of stack Provider in us-east-1, and no stack before it has that name; add it to the app, and let Orders depend on it',
  ],
  [{ Ref: 'Secret' }, 'parameter Secret of stack Orders (String) has no default; give it one for local runs'],
  [{ 'Fn::Select': [3, ['a']] }, 'Fn::Select wants item 3 of ["a"]; there is none'],
  [{ 'Fn::FindInMap': ['Runtimes', 'mars', 'node'] }, 'names a mapping Runtimes that it does not have'],
])('%j is refused by name', (value, message) => {
  const values = new CrossStackValues();
  values.add(PROVIDER, { Topic: 'arn:topic' });
  expect(() => resolve(value, scope({ Parameters: { Secret: { Type: 'String' } } }, values))).toThrow(message);
});

test('outputs are computed, and are known to the next stack, by export and by name', () => {
  const values = new CrossStackValues();
  const first = scope(
    {
      Conditions: { Never: { 'Fn::Equals': [1, 2] } },
      Outputs: {
        Table: { Value: { Ref: 'Table' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Table' } } },
        Gone: { Value: 'x', Condition: 'Never' },
      },
    },
    values,
  );
  expect(first.outputs()).toEqual({ Table: 'orders' });
  expect(resolve({ 'Fn::ImportValue': 'Orders:Table' }, scope({}, values))).toBe('orders');
  expect(resolve({ 'Fn::GetStackOutput': { StackName: 'Orders', OutputName: 'Table' } }, scope({}, values))).toBe('orders');
});

test('a condition that reads an output of another stack is refused', () => {
  const equals = { 'Fn::Equals': [{ 'Fn::GetStackOutput': { StackName: 'Provider', OutputName: 'Topic' } }, 'x'] };
  expect(() => scope({ Conditions: { IsX: equals } }).condition('IsX')).toThrow('stack Orders is refused: Cannot use Fn::GetStackOutput in Conditions (IsX)');
});

test('an export of a name that another stack has exported is refused', () => {
  const values = new CrossStackValues();
  values.export('shop:Table', 'x', PROVIDER);
  const second = scope({ Outputs: { Table: { Value: 'y', Export: { Name: 'shop:Table' } } } }, values);
  expect(() => second.outputs()).toThrow('stack Orders is refused: Export with name shop:Table is already exported by stack Provider; give it another name');
});
