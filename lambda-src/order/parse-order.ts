import * as v from 'valibot';
import { amountProblems } from './amounts';
import { sentFields } from './order';
import { MAX_BODY_BYTES, OrderInput, orderSchema } from './order-contract';

/** A field of an order that is wrong, and how. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

export type ParsedOrder =
  | { readonly order: OrderInput; readonly problems?: undefined }
  | { readonly order?: undefined; readonly problems: Problem[] };

/** What an order is given that does not say. */
export interface OrderDefaults {
  readonly currency: string;
}

const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** An order from any JSON value, or every field of it that is wrong. Never throws. */
export function parseOrder(value: unknown, defaults: OrderDefaults): ParsedOrder {
  const refused = sizeProblem(JSON.stringify(value) ?? '') ?? forbiddenName(value);
  if (refused) return { problems: [refused] };
  const parsed = v.safeParse(orderSchema, value);
  const problems = [
    ...(parsed.issues ?? []).map(issue => ({ field: pathText(issue.path), message: issue.message })),
    ...amountProblems(value, defaults.currency),
  ];
  if (!parsed.success || problems.length > 0) return { problems };
  return { order: { ...parsed.output, currency: parsed.output.currency ?? defaults.currency } };
}

/** An order from the text that a client sent. */
export function parseOrderBody(text: string, defaults: OrderDefaults): ParsedOrder {
  const refused = sizeProblem(text);
  if (refused) return { problems: [refused] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problems: [{ field: 'order', message: `this is not JSON: ${(error as Error).message}` }] };
  }
  return parseOrder(value, defaults);
}

/** The fields of an order that are well formed by themselves, where the order as a whole is not. */
export function soundFields(value: unknown): Partial<OrderInput> {
  const sent = sentFields(value);
  const sound = Object.entries(orderSchema.entries).filter(([name, schema]) =>
    v.is(schema as v.GenericSchema, sent[name as keyof OrderInput]));
  return Object.fromEntries(sound.map(([name]) => [name, sent[name as keyof OrderInput]]));
}

/** All problems in one line, as the reason of a rejection. */
export function problemText(problems: readonly Problem[]): string {
  return problems.map(({ field, message }) => `${field}: ${message}`).join('; ');
}

function sizeProblem(text: string): Problem | undefined {
  const bytes = Buffer.byteLength(text);
  return bytes > MAX_BODY_BYTES
    ? { field: 'order', message: `${bytes} bytes are more than the ${MAX_BODY_BYTES} that an order may have` }
    : undefined;
}

/** The first name, at any depth, that could reach the prototype of an object. */
function forbiddenName(value: unknown): Problem | undefined {
  const left: Array<[string, unknown]> = [['', value]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [path, parent] = next;
    if (typeof parent !== 'object' || parent === null) continue;
    for (const [name, child] of Object.entries(parent)) {
      const field = joined(path, Array.isArray(parent) ? Number(name) : name);
      if (FORBIDDEN_NAMES.has(name)) return { field, message: 'this name is not allowed' };
      left.push([field, child]);
    }
  }
  return undefined;
}

function pathText(path: ReadonlyArray<{ readonly key: unknown }> = []): string {
  return path.reduce((text, { key }) => joined(text, key), '') || 'order';
}

function joined(path: string, key: unknown): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return path ? `${path}.${key}` : String(key);
}
