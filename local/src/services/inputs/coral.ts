import { isJsonObject, Json } from '../../json';
import { Fault, Shape, Step } from '../../models';

/**
 * All violations in one sentence, as most services report them: `1 validation error detected: Value null at 'tableName' failed to satisfy
 * constraint: Member must not be null`. Recorded in the snapshots of https://github.com/localstack/localstack/tree/main/tests/aws/services.
 */
export function validationMessage(problems: readonly Fault[]): string {
  const errors = problems.map((problem) =>
    `Value ${shown(problem)}at '${placeOf(problem.path)}' failed to satisfy constraint: ${constraintOf(problem)}`);
  return `${errors.length} validation error${errors.length === 1 ? '' : 's'} detected: ${errors.join('; ')}`;
}

function shown(problem: Fault): string {
  if (problem.kind === 'missing') {
    return 'null ';
  }
  return problem.kind === 'constraint' && problem.sensitive ? '' : `'${textOf(problem.value)}' `;
}

function constraintOf(problem: Fault): string {
  switch (problem.kind) {
    case 'missing':
      return 'Member must not be null';
    case 'type':
      return `Member must be a ${problem.expected}`;
    default:
      return problem.constraint;
  }
}

/** `publishBatchRequestEntries.1.member.messageAttributes.attr1.member.dataType` */
function placeOf(path: readonly Step[]): string {
  return path.map((step) => ('member' in step ? step.member[0].toLowerCase() + step.member.slice(1) : `${step.element}.member`)).join('.');
}

/** As Java writes a value. */
function textOf(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(textOf).join(', ')}]`;
  }
  return isJsonObject(value) ? `{${Object.entries(value).map(([name, part]) => `${name}=${textOf(part)}`).join(', ')}}` : String(value);
}

/**
 * What a service answers that cannot read the JSON into its types. Recorded of DynamoDB in `assertType` of
 * https://github.com/architect/dynalite/blob/main/test/helpers.js; assumed of the other services that speak JSON.
 */
export function serializationMessage(expected: Shape['type'], value: Json): string {
  const isCollection = ['structure', 'list', 'map'].includes(expected);
  if (isJsonObject(value)) {
    return 'Start of structure or map found where not expected';
  }
  if (Array.isArray(value)) {
    return `Unrecognized collection type ${isCollection ? JAVA_MAP : `class ${JAVA_TYPES[expected]}`}`;
  }
  if (isCollection) {
    return 'Unexpected field type';
  }
  if (expected === 'blob') {
    return 'only base-64-encoded strings are convertible to bytes';
  }
  if (expected === 'boolean' && typeof value === 'string') {
    return 'Unexpected token received from parser';
  }
  return `${tokenOf(value)} cannot be converted to ${(JAVA_TYPES[expected] ?? expected).replace(/.*\./, '')}`;
}

const JAVA_MAP = 'java.util.Map';
const JAVA_TYPES: Readonly<Partial<Record<Shape['type'], string>>> = {
  string: 'java.lang.String',
  boolean: 'java.lang.Boolean',
  integer: 'java.lang.Integer',
  long: 'java.lang.Long',
  double: 'java.lang.Double',
  blob: 'java.nio.ByteBuffer',
  timestamp: 'java.util.Date',
};

function tokenOf(value: Json): string {
  switch (typeof value) {
    case 'string':
      return 'STRING_VALUE';
    case 'boolean':
      return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
    case 'number':
      return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
    default:
      return 'NULL_VALUE';
  }
}
