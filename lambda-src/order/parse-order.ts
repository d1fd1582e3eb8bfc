import * as v from 'valibot';
import { amountProblems } from './amounts';
import { sentFields } from './order';
import { MAX_BODY_BYTES, orderFields, orderSchema } from './order-contract';
import type { Problem } from './problem';
import type { OrderInput } from '../../src/contract/order-row';

export type ParsedOrder =
  | { readonly order: OrderInput; readonly problems?: undefined }
  | { readonly order?: undefined; readonly problems: Problem[] };

/** The defaults for what an order leaves out. */
export interface OrderDefaults {
  readonly currency: string;
}

const MAX_DEPTH = 16;
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** An order from any JSON value, or every field of it that is wrong. Never throws. */
export function parseOrder(value: unknown, defaults: OrderDefaults): ParsedOrder {
  const refused = structureProblem(value) ?? sizeProblem(JSON.stringify(value) ?? '');
  if (refused) return { problems: [refused] };
  const parsed = v.safeParse(orderSchema, value);
  const problems = [
    ...(parsed.issues ?? []).map(issue => ({ field: pathText(issue.path), message: issue.message })),
    ...amountProblems(value, defaults.currency),
  ];
  if (!parsed.success || problems.length > 0) return { problems };
  const order = parsed.output as unknown as OrderInput;
  return { order: { ...order, currency: order.currency ?? defaults.currency } };
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
  return Object.fromEntries(Object.entries(sentFields(value)).filter(([name, given]) =>
    v.is(orderFields[name], given)));
}

function sizeProblem(text: string): Problem | undefined {
  const bytes = Buffer.byteLength(text);
  return bytes > MAX_BODY_BYTES
    ? { field: 'order', message: `${bytes} bytes are more than the ${MAX_BODY_BYTES} that an order may have` }
    : undefined;
}

/** The first name that could reach the prototype of an object, or the first nesting that could exhaust the stack. */
function structureProblem(value: unknown): Problem | undefined {
  const left = [{ path: '', depth: 0, parent: value }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { path, depth, parent } = next;
    if (typeof parent !== 'object' || parent === null) continue;
    if (depth === MAX_DEPTH) return { field: path, message: `nested deeper than ${MAX_DEPTH} levels` };
    for (const [name, child] of Object.entries(parent)) {
      const field = joined(path, Array.isArray(parent) ? Number(name) : name);
      if (FORBIDDEN_NAMES.has(name)) return { field, message: 'this name is not allowed' };
      left.push({ path: field, depth: depth + 1, parent: child });
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
