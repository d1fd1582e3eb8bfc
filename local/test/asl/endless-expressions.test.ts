import { machineOf, run } from './running';
import { JsonObject } from '../../src';

const evaluating = (expression: string) => machineOf({ Type: 'Pass', Output: `{% ${expression} %}` }, { QueryLanguage: 'JSONata' });

/** Code and words are those of jsonata's own guard: https://docs.jsonata.org/embedding-extending `timeboxExpression` of its exerciser. */
test.each([
  ['an endless recursion', '($f := function($n) { 1 + $f($n + 1) }; $f(1))', 'U1001: Stack overflow error: Check for non-terminating recursive function.'],
  ['an endless recursion in a list', '($f := function($n) { [$f($n), $f($n)] }; $f(1))', 'U1001: Stack overflow error'],
  ['an endless tail call', '($f := function($n) { $f($n + 1) }; $f(1))', 'U1001: Expression evaluation timeout: Check for infinite loop'],
  ['a list of ten million', '$count([1..10000000])', 'U1001: Expression evaluation used too much memory'],
  ['lists in a list', '$count([1..5000].([1..5000]))', 'U1001: Expression evaluation used too much memory'],
  ['a list that doubles', '($f := function($l) { $f($append($l, $l)) }; $f([1]))', 'U1001: Expression evaluation used too much memory'],
  ['a list that is made of two of the one before', '($f := function($l, $n) { $n = 0 ? $l : $f([[$l], [$l]], $n - 1) }; $f([1], 60))', 'U1001: Expression evaluation used too much memory'],
  ['pairs of pairs', '($f := function($l, $n) { $n = 0 ? $l : $f($zip($l, $l), $n - 1) }; $f([1], 60))', 'U1001: Expression evaluation used too much memory'],
  ['a text that doubles', "($f := function($t) { $f($t & $t) }; $f('ab'))", 'U1001: Expression evaluation used too much memory'],
  ['a text that is padded', "$length($pad('', 400000000))", 'U1001: Expression evaluation used too much memory'],
  ['a long text between many', "$length($join($map([1..9999], function($n) { 'a' }), $pad('', 90000)))", 'U1001: Expression evaluation used too much memory'],
  ['a text put into itself', "($t := $pad('', 9999, 'a'); $length($replace($t, 'a', $pad('', 99999))))", 'Invalid string length'],
  ['a comparison of all with all', '$count($distinct([1..30000]))', 'U1001: Expression evaluation used too much memory'],
  ['a regular expression that goes back and back', "$match($pad('', 40, 'a') & '!', /(a+)+$/)", 'the regular expression /(a+)+$/ takes too long'],
  ['a regular expression over a long text', "$contains($pad('', 200000, ' ') & 'x', /\\s+\\s+$/)", 'takes too long'],
])('%s fails the evaluation', async (_what, expression, problem) => {
  expect(await run(evaluating(expression))).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError', cause: expect.stringContaining(problem) });
});

test.each<[string, string, unknown]>([
  ['a recursion of a thousand', '($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(1000))', 1000],
  ['a loop of ten thousand', '($f := function($n) { $n = 0 ? 0 : $f($n - 1) }; $f(10000))', 0],
  ['two lists of five hundred, joined', '($a := [1..500]; $sum($map([0..499], function($i) { $a[$i] })))', 125_250],
  ['a hundred thousand numbers', '$count([1..100000])', 100_000],
  ['a range that is far from zero', '[1700000000000..1700000000002]', [1700000000000, 1700000000001, 1700000000002]],
  ['groups of ten thousand', '$count($keys([1..10000]{$string($): $}))', 10_000],
  ['words of a text', "$match($pad('', 20000, 'ab '), /\\w+/)[0].match", 'ab'],
  ['groups of a match', "$match('a-b', /(\\w)-(\\w)/).groups", ['a', 'b']],
  ['a replacement with groups', "$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1')", 'Smith, John'],
  ['a split by an expression', "$split('a1b22c', /[0-9]+/)", ['a', 'b', 'c']],
  ['a range of one', '[5..5]', [5]],
  ['a range of none', '[5..4]', []],
  ['a range as a path', '([1..3]).($ * 2)', [2, 4, 6]],
])('%s is evaluated', async (_what, expression, output) => {
  expect(await run(evaluating(expression))).toMatchObject({ status: 'SUCCEEDED', output });
});

test.each([
  ['[1.5..3]', 'T2003: The left side of the range operator (..) must evaluate to an integer'],
  ["[1..'3']", 'T2004: The right side of the range operator (..) must evaluate to an integer'],
  ["$match('abc', /x*/)", 'D1004: Regular expression matches zero length string'],
])('%s has the words of jsonata: %s', async (expression, problem) => {
  expect(await run(evaluating(expression))).toMatchObject({ error: 'States.QueryEvaluationError', cause: expect.stringContaining(problem) });
});

test('endless expressions of many iterations at once take turns, and none takes the memory of the others', async () => {
  const Output = '{% ($f := function($n) { 1 + $f($n + 1) }; $states.input > 1 ? $f(1) : $states.input) %}';
  const Branches = Array.from({ length: 5 }, (_, index): JsonObject => {
    const name = `Each ${index}`;
    return { StartAt: name, States: { [name]: { Type: 'Pass', QueryLanguage: 'JSONata', Output, End: true } } };
  });
  const ran = await run(machineOf({ Type: 'Parallel', Branches }), 2);

  expect(ran).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
});

test('a result of more values than a payload can have is beyond the data limit', async () => {
  expect(await run(evaluating('[1..400000]'))).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
});
