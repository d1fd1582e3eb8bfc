import { anythingBut } from './anything-but';
import { cidr, sameAddress } from './cidr';
import { PatternDialect } from './dialect';
import { ignoringCase } from './ignoring-case';
import { ABSENT, LeafPattern, LeafTest, onText } from './leaf-pattern';
import { numeric } from './numeric';
import { onlyKey, requireText } from './operand';
import { PatternError } from './pattern-error';
import { wildcard } from './wildcard';
import { isJsonObject, Json, JsonObject } from '../../json';

/** One entry of a pattern's list: a plain value, or an object with one operator. */
export function compileLeaf(leaf: Json, dialect: PatternDialect): LeafPattern {
  if (Array.isArray(leaf)) {
    throw new PatternError('Match value must be String, number, true, false, or null');
  }
  if (isJsonObject(leaf)) {
    return compileOperator(leaf, dialect);
  }
  return (typeof leaf === 'string' && sameAddress(leaf)) || ((value) => value === leaf);
}

function compileOperator(leaf: JsonObject, dialect: PatternDialect): LeafPattern {
  const [operator] = Object.keys(leaf);
  if (operator === undefined) {
    throw new PatternError('Match expression name not found');
  }
  if (!dialect.operators.has(operator)) {
    throw new PatternError(`Unrecognized match type ${operator}`);
  }
  const compiled = OPERATORS[operator](leaf[operator], dialect);
  onlyKey(leaf, MANY_ELEMENTS.has(operator) ? 'Too many elements in numeric expression' : 'Only one key allowed in match expression');
  return compiled;
}

/** A second key beside these has the words of numeric patterns. */
const MANY_ELEMENTS = new Set(['anything-but', 'numeric']);

const OPERATORS: Readonly<Record<string, (operand: Json, dialect: PatternDialect) => LeafPattern>> = {
  'exactly': (operand) => {
    const wanted = requireText(operand, 'exact match pattern must be a string');
    return (value) => value === wanted;
  },
  'prefix': (operand, dialect) => affix('prefix', operand, dialect, (text, part) => text.startsWith(part)),
  'suffix': (operand, dialect) => affix('suffix', operand, dialect, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (operand) => ignoringCase(requireText(operand, 'equals-ignore-case match pattern must be a string')),
  'wildcard': (operand) => wildcard(requireText(operand, 'wildcard match pattern must be a string')),
  'cidr': (operand) => cidr(requireText(operand, 'prefix match pattern must be a string')),
  'numeric': numeric,
  'anything-but': anythingBut,
  'exists': (operand) => {
    if (typeof operand !== 'boolean') {
      throw new PatternError('exists match pattern must be either true or false.');
    }
    return operand ? () => true : ABSENT;
  },
};

/** Prefix and suffix: a text, or one whose case is ignored. */
function affix(name: 'prefix' | 'suffix', operand: Json, { nests }: PatternDialect, passes: (text: string, part: string) => boolean): LeafTest {
  if (nests && isJsonObject(operand)) {
    const [operator] = Object.keys(operand);
    if (operator !== 'equals-ignore-case') {
      const title = name === 'prefix' ? 'Prefix' : 'Suffix';
      throw new PatternError(operator === undefined ? `${title} expression name not found` : `Unsupported ${name} pattern: ${operator}`);
    }
    const part = requireText(operand[operator], 'equals-ignore-case match pattern must be a string');
    onlyKey(operand, 'Only one key allowed in match expression');
    return ignoringCase(part, name);
  }
  const part = requireText(operand, `${name} match pattern must be a string`);
  return onText((text) => passes(text, part));
}
