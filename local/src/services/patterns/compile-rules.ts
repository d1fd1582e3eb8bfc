import { PatternDialect } from './dialect';
import { LeafPattern } from './leaf-pattern';
import { compileLeaf } from './leaf-patterns';
import { PatternError } from './pattern-error';
import { isJsonObject, Json, JsonObject } from '../../json';

/** For each path, the patterns of which one must match. */
export type Rule = ReadonlyMap<string, readonly LeafPattern[]>;

const OR = '$or';
/** https://github.com/aws/event-ruler/blob/main/src/main/software/amazon/event/ruler/Constants.java */
const RESERVED_INSIDE_OR = new Set([
  'exactly', 'equals-ignore-case', 'prefix', 'suffix', 'anything-but', 'exists', 'wildcard', 'numeric', 'cidr', '=', '<', '<=', '>', '>=',
  'regex', 'not-wildcard', 'not-equals-ignore-case', 'date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range',
  'ip-address-in-range', 'ip-address-not-in-range',
]);

/** The rules of which an event must match one: as many as there are ways through the pattern's `$or`. */
export function compileRules(pattern: Json, dialect: PatternDialect): readonly Rule[] {
  if (!isJsonObject(pattern)) {
    throw new PatternError('Filter is not an object');
  }
  return new RuleCompiler(dialect).compileObject(pattern, [new Map()], '', false);
}

class RuleCompiler {
  constructor(private readonly dialect: PatternDialect) {}

  /** @param rules what the pattern says so far */
  public compileObject(pattern: JsonObject, rules: readonly Rule[], path: string, insideOr: boolean): readonly Rule[] {
    const members = Object.entries(pattern);
    if (members.length === 0) {
      throw new PatternError('Empty objects are not allowed');
    }
    return members.reduce((known, [name, wanted]) => this.compileMember(name, wanted, known, path, insideOr), rules);
  }

  private compileMember(name: string, wanted: Json, rules: readonly Rule[], path: string, insideOr: boolean): readonly Rule[] {
    if (name === OR) {
      return this.compileOr(wanted, rules, path);
    }
    if (insideOr && RESERVED_INSIDE_OR.has(name)) {
      throw new PatternError(`${name} is Ruler reserved fieldName which cannot be used inside ${OR}.`);
    }
    const ownPath = path === '' ? name : `${path}.${name}`;
    if (isJsonObject(wanted)) {
      return this.compileObject(wanted, rules, ownPath, insideOr);
    }
    if (!Array.isArray(wanted)) {
      throw new PatternError(`"${name}" must be an object or an array`);
    }
    if (wanted.length === 0) {
      throw new PatternError('Empty arrays are not allowed');
    }
    const patterns = wanted.map((leaf) => compileLeaf(leaf, this.dialect));
    return rules.map((rule) => new Map([...rule, [ownPath, patterns]]));
  }

  private compileOr(wanted: Json, rules: readonly Rule[], path: string): readonly Rule[] {
    if (!Array.isArray(wanted)) {
      throw new PatternError(`It must be an Array followed with ${OR}.`);
    }
    const ways = wanted.flatMap((way) => {
      if (!isJsonObject(way)) {
        throw new PatternError(`Only JSON object is allowed in array of ${OR} relationship.`);
      }
      return this.compileObject(way, rules, path, true);
    });
    if (wanted.length < 2) {
      throw new PatternError(`There must have at least 2 Objects in ${OR} relationship.`);
    }
    return ways;
  }
}
