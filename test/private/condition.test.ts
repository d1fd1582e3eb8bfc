import jsonata from 'jsonata';
import { conditionProblem } from '../../src/private/condition';

const CONTEXT = 'begin with $states.input, which is the order, instead of $';
const BRACKETS = 'close each bracket that is opened, and no other';
const QUOTES = 'close the quotes';

test.each([
  ['$states.input.totalAmount > 1000'],
  ['$exists($states.input.email) and $states.input.email != "a$.b"'],
  ['$states.input.note = "a \\"$.5\\" (" or $states.input.`odd (" name`'],
  ['$count($states.input.items[$.price > 10]) > 0'],
  ['$sum($states.input.items.($.price * $.quantity)) > 1000'],
  ['$sum($states.input.items.$.price) > 1000'],
  ['$states.input.items^(>$.price)[0].price > 10'],
  ['$count($filter($states.input.items, function($i) { $i.price > 10 })) > 0'],
  ["$contains($states.input.userId, /^\\('$./)"],
  ['($t := $states.input.totalAmount; $t > 10 /* $.total ( */ and $t / 2 < 100)'],
])('%s is a condition', (condition) => {
  expect(() => jsonata(condition)).not.toThrow();

  expect(conditionProblem(condition)).toBeUndefined();
});

test.each([
  ['$.totalAmount > 1000', CONTEXT],
  ['$$.totalAmount > 1000', CONTEXT],
  ['$count($.items) > 2', CONTEXT],
  ['($.totalAmount > 1000)', CONTEXT],
  ["$states.input.currency = 'EUR' and not($.vip)", CONTEXT],
  ['$count($states.input.items > 2', BRACKETS],
  ['$states.input.totalAmount) > 2', BRACKETS],
  ['$states.input.items[0).price > 2', BRACKETS],
  ["$states.input.currency = 'EUR", QUOTES],
])('of %s it is said what to mend', (condition, problem) => {
  expect(conditionProblem(condition)).toBe(problem);
});
