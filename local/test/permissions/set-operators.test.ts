import { allow, role, statements } from './statements';
import { decide } from '../../src/permissions';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function holds(operator: string, wanted: string[], seen: string | string[] | undefined): boolean {
  const identity = statements(allow({ Action: '*', Resource: '*', Condition: { [operator]: { 'aws:TagKeys': wanted } } }));
  return decide({ principal: role, action: 'a:B', resource: '*', context: seen === undefined ? {} : { 'aws:TagKeys': seen } }, { identity }).allowed;
}

const LISTED = ['order*', 'team'];

describe('a condition about a key with several values', () => {
  it.each<[string, string | string[] | undefined, boolean]>([
    ['ForAllValues:StringLike', ['orders', 'team'], true],
    ['ForAllValues:StringLike', ['orders', 'cost'], false],
    ['ForAllValues:StringLike', 'orders', true],
    ['ForAllValues:StringLike', [], true],
    ['ForAllValues:StringLike', '', true],
    ['ForAllValues:StringLike', ['', 'team'], false],
    ['ForAllValues:StringLike', undefined, true],
    ['ForAllValues:StringNotLike', ['cost', 'size'], true],
    ['ForAllValues:StringNotLike', ['cost', 'team'], false],
    ['ForAllValues:StringNotLike', undefined, true],
    ['ForAnyValue:StringLike', ['cost', 'team'], true],
    ['ForAnyValue:StringLike', ['cost', 'size'], false],
    ['ForAnyValue:StringLike', 'team', true],
    ['ForAnyValue:StringLike', [], false],
    ['ForAnyValue:StringLike', undefined, false],
    ['ForAnyValue:StringNotLike', ['cost', 'team'], true],
    ['ForAnyValue:StringNotLike', ['orders', 'team'], false],
    ['ForAnyValue:StringNotLike', '', false],
    ['ForAnyValue:StringNotLike', undefined, false],
    // One value at most is what an operator without a set operator compares.
    ['StringLike', ['team'], true],
    ['StringLike', ['orders', 'team'], false],
    ['StringNotLike', ['cost', 'size'], false],
    ['StringNotLike', [], false],
  ])(`%s of a call with %j: %s, with ${LISTED.join(' and ')} listed`, (operator, seen, expected) => {
    expect(holds(operator, LISTED, seen)).toBe(expected);
  });

  it.each<[string | string[] | undefined, boolean]>([[undefined, true], [[], true], ['', true], [['team'], false]])(
    'Null of a call with %j: %s', (seen, expected) => {
      expect(holds('Null', ['true'], seen)).toBe(expected);
      expect(holds('Null', ['false'], seen)).toBe(!expected);
    });
});
