import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Problem } from '../../order/parse-order';
import type { RefusalKind } from '../refusal';
import type { Trouble } from '../trouble';

export type ProblemKind = RefusalKind | Trouble | 'internal';

/** What went wrong, as RFC 9457 has it. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly Problem[];
}

const PROBLEMS: Record<ProblemKind, readonly [status: number, title: string, retryAfterSeconds?: number]> = {
  'invalid': [400, 'The request is not well formed'],
  'forbidden': [403, 'Not allowed'],
  'not-found': [404, 'Not found'],
  'conflict': [409, 'Another order is in the way'],
  'too-late': [409, 'Too late to cancel'],
  'nothing-to-decide': [409, 'Nothing waits for a decision'],
  'too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'Not JSON'],
  'busy': [429, 'Too many requests', 1],
  'internal': [500, 'Internal error'],
  'unavailable': [503, 'Not available at the moment', 2],
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
