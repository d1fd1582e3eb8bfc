import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Problem } from '../../order/problem';
import type { RefusalKind } from '../refusal';
import { RETRY_AFTER_SECONDS, TransientError } from '../transient-error';

export type ProblemKind = RefusalKind | TransientError | 'internal' | 'outcome-unknown';

/** A problem document of RFC 9457. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly Problem[];
}

const PROBLEMS: Record<ProblemKind, readonly [status: number, title: string, retryAfterSeconds?: number]> = {
  'invalid': [400, 'Invalid request'],
  'forbidden': [403, 'Not allowed'],
  'not-found': [404, 'Not found'],
  'conflict': [409, 'Conflict with another order'],
  'too-late': [409, 'Too late to cancel'],
  'nothing-to-decide': [409, 'No decision is pending'],
  'too-large': [413, 'Request too large'],
  'unsupported-media-type': [415, 'Not JSON'],
  'busy': [429, 'Too many requests', RETRY_AFTER_SECONDS.busy],
  'internal': [500, 'Internal error'],
  'outcome-unknown': [500, 'Unknown outcome', RETRY_AFTER_SECONDS.unavailable],
  'unavailable': [503, 'Temporarily unavailable', RETRY_AFTER_SECONDS.unavailable],
};

export const PROBLEM_TYPE = 'application/problem+json';

export function problemAnswer(kind: ProblemKind, detail: string, errors: readonly Problem[] = []): APIGatewayProxyStructuredResultV2 {
  const [status, title, retryAfter] = PROBLEMS[kind];
  const document: ProblemDocument = {
    type: `urn:problem-type:${kind}`, title, status, detail, ...errors.length > 0 ? { errors } : {},
  };
  return {
    statusCode: status,
    headers: {
      'content-type': PROBLEM_TYPE,
      'cache-control': 'no-store',
      ...retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
    },
    body: JSON.stringify(document),
  };
}
