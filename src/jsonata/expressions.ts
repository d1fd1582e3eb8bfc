import { DOCUMENT_ATTRIBUTES } from '../contract/order-row';

/** JSONata as a state's field holds it. @internal */
export function jsonata(expression: string): string {
  return `{% ${expression} %}`;
}

/** A JSONata string; only names that were checked at synth get here, so nothing needs escaping. @internal */
export function literal(text: string): string {
  return `'${text}'`;
}

/** The execution that owns the order. @internal */
export const OWNER = '$states.context.Execution.Id';

/** When the state was entered: the same for each of its retries, so that a repeated write changes nothing. @internal */
export const ENTERED_AT = '$states.context.State.EnteredTime';

/** What a step's result says of the order itself. */
const ANSWER_FIELDS = ['status', 'reason', 'idempotencyKey'];

/** What is known of an order without a step's result. */
const ORDER_FIELDS = [...new Set([...ANSWER_FIELDS, ...DOCUMENT_ATTRIBUTES])];

/** Variables of an expression, in the order in which they are assigned. @internal */
export interface Assignments {
  readonly [variable: string]: string;
}

/** An expression behind those assignments that it mentions, itself or through one another. @internal */
export function block(assignments: Assignments, expression: string): string {
  const needed = Object.entries(assignments).reduceRight<string[]>((lines, [variable, value]) => {
    const mentioned = new RegExp(`\\$${variable}\\b`);
    return [...lines, expression].some((text) => mentioned.test(text)) ? [`$${variable} := ${value};`, ...lines] : lines;
  }, []);
  return needed.length > 0 ? `(${needed.join(' ')} ${expression})` : expression;
}

/** `$marshal` turns plain JSON into a DynamoDB attribute value. @internal */
export const MARSHAL: Assignments = {
  marshal: [
    'function($v) {',
    "$type($v) = 'null' ? {'NULL': true}",
    ": $type($v) = 'boolean' ? {'BOOL': $v}",
    // A whole number keeps all of its digits, of which $string keeps fifteen.
    ": $type($v) = 'number' ? {'N': $v = $floor($v) and $abs($v) < 1e21 ? $formatBase($v) : $string($v)}",
    ": $type($v) = 'string' ? {'S': $v}",
    ": $type($v) = 'array' ? {'L': [$map($v, function($each) { $marshal($each) })]}",
    ": {'M': $merge([$each($v, function($each, $key) { {$key: $marshal($each)} })])}",
    '}',
  ].join(' '),
};

/** `$unmarshal` turns a DynamoDB attribute value into plain JSON. @internal */
export const UNMARSHAL: Assignments = {
  unmarshal: [
    'function($v) {',
    '$exists($v.S) ? $v.S',
    ': $exists($v.N) ? $number($v.N)',
    ': $exists($v.BOOL) ? $v.BOOL',
    ': $exists($v.NULL) ? null',
    // A list in a list is wrapped once more, because one pair of brackets is lost where lists are joined.
    ': $exists($v.L) ? $reduce($v.L, function($all, $each) { $append($all, $exists($each.L) ? [[$unmarshal($each)]] : [$unmarshal($each)]) }, [])',
    ': $merge([$each($v.M, function($each, $key) { {$key: $unmarshal($each)} })])',
    '}',
  ].join(' '),
};

/** The entry of the history that a write adds. @internal */
export function historyEntry(status: string, step: string): string {
  return `{'M': {'status': {'S': ${status}}, 'at': {'S': ${ENTERED_AT}}, 'step': {'S': ${literal(step)}}}}`;
}

/** A cause can be a stack trace of 32 KB; a person reads less, and what the states share has to fit between them. @internal */
export const CAUSE_LENGTH = 1000;

/**
 * Whose failure it is, and what it was: in a catcher.
 *
 * What a function threw stands at the beginning of its cause, which is JSON; what an expression threw at the end.
 *
 * @internal
 */
export function failureOf(stepName: string): string {
  const cause = '$states.errorOutput.Cause';
  const half = CAUSE_LENGTH / 2;
  const shortened = `($substring(${cause}, 0, 1) = '{' ? $substring(${cause}, 0, ${CAUSE_LENGTH}) `
    + `: $substring(${cause}, 0, ${half - 5}) & ' ... ' & $substring(${cause}, -${half}))`;
  return `{'step': ${literal(stepName)}, 'error': $states.errorOutput.Error, 'cause': $type(${cause}) = 'string' and $length(${cause}) > ${CAUSE_LENGTH} ? ${shortened} : ${cause}}`;
}

/** The key that makes an effect of a step happen once, however often it is tried: no other workflow has its prefix. @internal */
export function idempotencyKey(prefix: string, order: string, stepName: string): string {
  return `${literal(`${prefix}:`)} & ${order}.orderId & ${literal(`:${stepName}`)}`;
}

/** JSONata: the order as a function of a step or of a compensation gets it, with its idempotency key. @internal */
export function orderWithKey(prefix: string, stepName: string): string {
  return `$merge([$states.input, {'idempotencyKey': ${idempotencyKey(prefix, '$states.input', stepName)}}])`;
}

/** The fields of an object that are in a list. @internal */
export function pick(object: string, fields: readonly string[]): string {
  return `$sift(${object}, function($v, $k) { $k in ${list(fields)} })`;
}

/**
 * What a step returned that is its own to keep.
 *
 * A step may hand back the whole order with what it adds: then the order's fields are not kept a second time.
 *
 * @internal
 */
export function ownResult(result: string, order: string): string {
  return `$sift(${result}, function($v, $k) { $not($k in (${result}.orderId = ${order}.orderId ? ${list(ORDER_FIELDS)} : ${list(ANSWER_FIELDS)})) })`;
}

/** @internal */
export function list(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]`;
}
