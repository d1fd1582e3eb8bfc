import { PatternDialect } from './dialect';
import { ignoringCase } from './ignoring-case';
import { LeafTest, onText } from './leaf-pattern';
import { onlyKey, requireText } from './operand';
import { PatternError } from './pattern-error';
import { wildcard } from './wildcard';
import { isJsonObject, Json, JsonObject } from '../../json';

const TOO_MANY = 'Too many elements in numeric expression';

/** Any leaf but the values of a text, a number or a list, or but what an operator inside matches. */
export function anythingBut(operand: Json, dialect: PatternDialect): LeafTest {
  const excluded = isJsonObject(operand) ? excludedByOperator(operand, dialect) : excludedValues(operand);
  return (value) => !excluded.some((test) => test(value));
}

function excludedValues(operand: Json): LeafTest[] {
  const values = listOf(operand);
  const types = new Set(values.map((value) => typeof value));
  if (types.has('object') || types.has('boolean')) {
    throw new PatternError('Inside anything but list, start|null|boolean is not supported.');
  }
  if (types.size !== 1) {
    throw new PatternError('Inside anything but list, either all values are number or string, mixed type is not supported');
  }
  return values.map((excluded) => (value) => value === excluded);
}

function excludedByOperator(operand: JsonObject, dialect: PatternDialect): LeafTest[] {
  const [operator] = Object.keys(operand);
  if (operator === undefined) {
    throw new PatternError('Anything-But expression name not found');
  }
  if (!dialect.insideAnythingBut.has(operator)) {
    throw new PatternError(`Unsupported anything-but pattern: ${operator}`);
  }
  const { compile, refusal } = INSIDE[operator];
  const texts = dialect.nests
    ? listOf(operand[operator]).map((part) => requireText(part, refusal))
    : [requireText(operand[operator], `${operator} match pattern must be a string`)];
  onlyKey(operand, TOO_MANY);
  return texts.map(compile);
}

function listOf(operand: Json): readonly Json[] {
  if (Array.isArray(operand)) {
    return operand;
  }
  if (typeof operand !== 'string' && typeof operand !== 'number') {
    throw new PatternError('Value of anything-but must be an array or single string/number value.');
  }
  return [operand];
}

const NO_AFFIX = 'prefix/suffix match pattern must be a string';

const INSIDE: Readonly<Record<string, { readonly compile: (part: string) => LeafTest; readonly refusal: string }>> = {
  'prefix': { compile: affix((text, part) => text.startsWith(part)), refusal: NO_AFFIX },
  'suffix': { compile: affix((text, part) => text.endsWith(part)), refusal: NO_AFFIX },
  'equals-ignore-case': {
    compile: (part) => ignoringCase(part),
    refusal: 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  },
  'wildcard': { compile: wildcard, refusal: 'wildcard match pattern must be a string' },
};

function affix(passes: (text: string, part: string) => boolean): (part: string) => LeafTest {
  return (part) => {
    if (part === '') {
      throw new PatternError('Null prefix/suffix not allowed');
    }
    return onText((text) => passes(text, part));
  };
}
