import { OrderFeedError } from './order-feed-error.ts';

/** Calls what the user gave. If it throws or rejects, that is told, and breaks nothing else. */
export async function call<T>(callback: (value: T) => unknown, value: T, onError: (error: OrderFeedError) => unknown): Promise<void> {
  try {
    await callback(value);
  } catch (cause) {
    await tell(onError, new OrderFeedError('callback-threw', 'a callback of yours threw', { cause }));
  }
}

/** Tells an error. The console is where the error of an error callback goes. */
export async function tell(onError: (error: OrderFeedError) => unknown, error: OrderFeedError): Promise<void> {
  try {
    await onError(error);
  } catch (thrown) {
    console.error(thrown);
  }
}
