import { Json } from '../../src/json';
import { CompiledShapes, Problem, Shape } from '../../src/models';

const SHAPES: Record<string, Shape> = {
  Input: {
    type: 'structure',
    members: { Name: 'Name', Kind: 'Kind', Count: 'Count', On: 'On', Items: 'Items', Tags: 'Tags', Names: 'Names', Nodes: 'Nodes', Data: 'Data', At: 'At' },
    required: ['Name'],
  },
  Name: { type: 'string', min: 3, max: 5, pattern: '[a-z]+' },
  Kind: { type: 'string', enum: ['A', 'B'] },
  Count: { type: 'integer', min: 1, max: 10 },
  On: { type: 'boolean' },
  Items: { type: 'list', member: 'Item', min: 1, max: 2 },
  Item: { type: 'structure', members: { Id: 'Name' }, required: ['Id'] },
  Tags: { type: 'map', key: 'Name', value: 'Item' },
  Names: { type: 'list', member: 'Kind' },
  Nodes: { type: 'map', key: 'On', value: 'Node' },
  Node: { type: 'structure', members: { Next: 'Node', Name: 'Name' } },
  Data: { type: 'blob' },
  At: { type: 'timestamp' },
};
const check = new CompiledShapes(SHAPES).check('Input');

const placeOf = ({ path }: Problem) => path.map((step) => ('member' in step ? step.member : step.element)).join('.');
const textOf = (problem: Problem) => `${placeOf(problem)}: ${problem.kind === 'constraint' ? problem.constraint : problem.kind}`;
const problemsOf = (input: Json) => check(input)?.map(textOf) ?? [];

test.each<[string, Json]>([
  ['only what is required', { Name: 'abc' }],
  ['null for what is not required', { Name: 'abc', Kind: null }],
  ['a value of each kind', {
    Name: 'abcde', Kind: 'A', Count: 10, On: false, Items: [{ Id: 'abc' }], Tags: { abc: { Id: 'abc' } }, Names: [], Data: 'YQ==', At: 0,
  }],
  ['shapes inside of themselves', { Name: 'abc', Nodes: { a: { Next: { Next: { Name: 'abc' } } } } }],
])('an input with %s has no problems', (_what, input) => {
  expect(check(input)).toBeUndefined();
});

test.each<[string, Json, string[]]>([
  ['a missing member', {}, ['Name: missing']],
  ['null for a required member', { Name: null }, ['Name: missing']],
  ['a missing member of an element', { Name: 'abc', Items: [{ Id: 'abc' }, {}] }, ['Items.2.Id: missing']],
  ['an unknown member', { Name: 'abc', Nmae: 1 }, ['Nmae: unknown']],
  ['an unknown member deep inside', { Name: 'abc', Nodes: { a: { Next: { next: {} } } } }, ['Nodes.a.Next.next: unknown']],
  ['a number for a text', { Name: 5 }, ['Name: type']],
  ['a text for a number', { Name: 'abc', Count: '5' }, ['Count: type']],
  ['a text for a boolean', { Name: 'abc', On: 'true' }, ['On: type']],
  ['an object for a list', { Name: 'abc', Items: {} }, ['Items: type']],
  ['a list for a map', { Name: 'abc', Tags: [] }, ['Tags: type']],
  ['a text for a structure', { Name: 'abc', Items: ['abc'] }, ['Items.1: type']],
  ['an object for bytes', { Name: 'abc', Data: {} }, ['Data: type']],
  ['a boolean for a time', { Name: 'abc', At: true }, ['At: type']],
  ['an input that is no object', [], [': type']],
  ['a value that is not of the enumeration', { Name: 'abc', Kind: 'C' }, ['Kind: Member must satisfy enum value set: [A, B]']],
  ['a text that is too short', { Name: 'ab' }, ['Name: Member must have length greater than or equal to 3']],
  ['a text that is too long', { Name: 'abcdef' }, ['Name: Member must have length less than or equal to 5']],
  ['a text of which only a part has the pattern', { Name: 'abc1' }, ['Name: Member must satisfy regular expression pattern: [a-z]+']],
  ['a number that is too small', { Name: 'abc', Count: 0 }, ['Count: Member must have value greater than or equal to 1']],
  ['a number that is too large', { Name: 'abc', Count: 11 }, ['Count: Member must have value less than or equal to 10']],
  ['a list that is too short', { Name: 'abc', Items: [] }, ['Items: Member must have length greater than or equal to 1']],
  ['an element that is wrong', { Name: 'abc', Names: ['A', 'C'] }, ['Names: Member must satisfy constraint: [Member must satisfy enum value set: [A, B]]']],
  ['a key that is wrong', { Name: 'abc', Tags: { abcdef: { Id: 'abc' } } }, [
    'Tags: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-z]+, Member must have length less than or equal to 5, Member must have length greater than or equal to 3]',
  ]],
  ['several problems', { Kind: 'C', Count: 0 }, [
    'Kind: Member must satisfy enum value set: [A, B]', 'Count: Member must have value greater than or equal to 1', 'Name: missing',
  ]],
])('an input with %s has the problem and its place', (_what, input, problems) => {
  expect(problemsOf(input)).toEqual(problems);
});
