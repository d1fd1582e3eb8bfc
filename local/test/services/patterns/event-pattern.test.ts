import { OPERATOR_CASES } from './operator-cases';
import { REFUSED_PATTERNS } from './refused-patterns';
import { STRUCTURE_CASES } from './structure-cases';
import { EVENT_BRIDGE } from '../../../src/services/patterns/dialect';
import { compilePattern } from '../../../src/services/patterns/event-pattern';
import { PatternError } from '../../../src/services/patterns/pattern-error';

test.each([...OPERATOR_CASES, ...STRUCTURE_CASES])('$says', ({ pattern, matches, matchesNot }) => {
  const matchesEvent = compilePattern(pattern, EVENT_BRIDGE);

  expect(matches.filter((event) => !matchesEvent(event))).toEqual([]);
  expect(matchesNot.filter(matchesEvent)).toEqual([]);
});

test.each(REFUSED_PATTERNS)('the pattern %j is refused: %s', (pattern, message) => {
  expect(() => compilePattern(pattern, EVENT_BRIDGE)).toThrow(new PatternError(message));
});
