import jsonata from 'jsonata';
import { conditionProblem } from '../../src/private/condition';

const CONTEXT = 'begin with $states.input, which is the order, instead of $';

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
  ['$contains($states.input.path, /[/]/)'],
  ['$states.input.customer.$exists($.email)'],
  ['$states.input.items.$sum($.parts.price) > 5'],
  ['$states.input.customer./*c*/($.email) = "x"'],
  ['($t := $states.input.totalAmount; $t > 10 /* $.total ( */ and $t / 2 < 100)'],
])('%s is a condition', (condition) => {
  expect(() => jsonata(condition)).not.toThrow();

  expect(conditionProblem(condition)).toBeUndefined();
});

test.each([
  ['$.totalAmount > 1000', CONTEXT],
  ['$$.totalAmount > 1000', CONTEXT],
  ["$states.input.currency = 'EUR' and $.totalAmount > 1000", CONTEXT],
  ['{% $states.input.totalAmount > 10 %}', 'give the JSONata alone, without {% and %}'],
])('of %s it is said what to mend', (condition, problem) => {
  expect(conditionProblem(condition)).toBe(problem);
});
