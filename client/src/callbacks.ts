import { OrderFeedError } from './order-feed-error.ts';

/** Calls a callback of the user. If it throws or rejects, that is reported and has no other effect. */
export async function call<T>(callback: (value: T) => unknown, value: T, onError: (error: OrderFeedError) => unknown): Promise<void> {
  try {
    await callback(value);
  } catch (cause) {
    await reportError(onError, new OrderFeedError('callback-threw', 'your callback threw', { cause }));
  }
}

/** Reports an error. What the error callback throws goes to the console. */
export async function reportError(onError: (error: OrderFeedError) => unknown, error: OrderFeedError): Promise<void> {
  try {
    await onError(error);
  } catch (thrown) {
    console.error(thrown);
  }
}
