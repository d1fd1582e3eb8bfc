export type ErrorCode = 'bad-request' | 'message-too-large' | 'not-found' | 'too-many-subscriptions' | 'unavailable' | 'unknown-action';

/** The response to a message that failed. */
export interface ErrorMessage {
  readonly type: 'error';
  readonly code: ErrorCode;
  readonly message: string;
  readonly orderId?: string;
}

export function errorMessage(code: ErrorCode, message: string, orderId?: string): ErrorMessage {
  return { type: 'error', code, message, orderId };
}
