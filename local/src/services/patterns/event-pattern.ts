import { compileRules } from './compile-rules';
import { PatternDialect } from './dialect';
import { EventFields, Place } from './event-fields';
import { ABSENT, LeafPattern } from './leaf-pattern';
import { isJsonObject, Json } from '../../json';

/** Whether an event matches. What is no object matches nothing. */
export type Pattern = (event: Json) => boolean;

/** A path, and the patterns of which one must match. */
type Condition = readonly [path: string, patterns: readonly LeafPattern[]];

/**
 * Compiles an event pattern of EventBridge, a filter policy of SNS or a filter of Lambda. All three follow aws/event-ruler.
 * @param dialect what the service accepts
 */
export function compilePattern(pattern: Json, dialect: PatternDialect): Pattern {
  const rules = compileRules(pattern, dialect).map((rule) => [...rule].sort(byPath));
  return (event) => {
    const fields = isJsonObject(event) ? new EventFields(event) : undefined;
    return fields !== undefined && rules.some((rule) => matches(rule, fields, new Map()));
  };
}

/** Whether there is a leaf for each condition, so that no list has two elements in the match. */
function matches([condition, ...others]: readonly Condition[], fields: EventFields, place: Place): boolean {
  if (!condition) {
    return true;
  }
  const [path, patterns] = condition;
  const found = fields.at(path, place);
  if (found.length === 0) {
    return patterns.includes(ABSENT) && matches(others, fields, place);
  }
  return found
    .filter(({ value }) => patterns.some((pattern) => pattern !== ABSENT && pattern(value)))
    .some((field) => matches(others, fields, new Map([...place, ...field.place])));
}

/** The ruler takes paths in this order: a leaf that must be absent is looked for where those before it were found. */
function byPath([one]: Condition, [other]: Condition): number {
  return one < other ? -1 : 1;
}
