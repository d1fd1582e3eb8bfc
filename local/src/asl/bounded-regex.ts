import { createContext, Script } from 'node:vm';

/** Time for one search of a regular expression; those that go back over their text again and again would take years. */
const LONGEST_MS = 1_000;

/** A search with one repetition in so short a text cannot take long, and needs no watch. */
const SHORT_TEXT = 20_000;

const search: { run?: () => unknown } = createContext({});
const script = new Script('run()');

/** To the states it is one more limit that data can exceed. */
export class RegexTimeout extends RangeError {
  constructor(pattern: RegExp) {
    super(`the regular expression /${pattern.source}/ takes too long on this text`);
    this.name = 'RegexTimeout';
  }
}

/** The first matches of a global expression from its lastIndex on, at most so many; the search has an end. */
export function boundedMatches(pattern: RegExp, text: string, most: number): RegExpExecArray[] {
  return bounded(pattern, text, () => matches(pattern, text, most));
}

export function boundedTest(pattern: RegExp, text: string): boolean {
  return bounded(pattern, text, () => pattern.test(text));
}

/** A timer cannot end a search, as nothing else runs meanwhile; the watch of a script can. */
function bounded<T>(pattern: RegExp, text: string, run: () => T): T {
  if (text.length <= SHORT_TEXT && (pattern.source.match(/[*+{]/g)?.length ?? 0) <= 1) {
    return run();
  }
  search.run = run;
  try {
    return script.runInContext(search, { timeout: LONGEST_MS }) as T;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? new RegexTimeout(pattern) : error;
  } finally {
    search.run = undefined;
  }
}

/** Ends at a match without text: the next search would find it again. */
function matches(pattern: RegExp, text: string, most: number): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (let match = pattern.exec(text); match; match = found.length < most ? pattern.exec(text) : null) {
    found.push(match);
    if (match[0] === '') {
      break;
    }
  }
  return found;
}
