import * as v from 'valibot';
import type { HttpEvent } from './caller';
import { fields } from '../../order/order-contract';
import { Refusal, invalid } from '../refusal';
import { parsedText } from '../submission';

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;
const LONGEST_REASON = 500;

export const decisionBody = fields({
  approved: v.boolean('is not true or false'),
  reason: v.optional(v.pipe(v.string('is not text'), v.maxLength(LONGEST_REASON, `has more than ${LONGEST_REASON} characters`))),
});

export const cancelBody = fields({ watchToken: v.optional(v.string('is not text')) });

/** The JSON body of a request. */
export function bodyOf(event: HttpEvent): unknown {
  const { body = '', isBase64Encoded, headers } = event;
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) {
    throw new Refusal('unsupported-media-type', 'send JSON, with the header content-type: application/json');
  }
  return parsedText(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body);
}

export function decisionOf(event: HttpEvent): v.InferOutput<typeof decisionBody> {
  return parsed(decisionBody, bodyOf(event));
}

/** A cancel needs no body. */
export function cancelOf(event: HttpEvent): v.InferOutput<typeof cancelBody> {
  return event.body ? parsed(cancelBody, bodyOf(event)) : {};
}

function parsed<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const { success, output, issues } = v.safeParse(schema, value);
  if (success) return output;
  throw invalid(issues.map(issue => ({ field: v.getDotPath(issue) ?? 'body', message: issue.message })));
}
