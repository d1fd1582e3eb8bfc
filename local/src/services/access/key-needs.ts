import { Need } from './need';
import { PolicyBook } from './policy-book';
import { ContextValues } from '../../permissions';

/** What a call needs of the customer's key that its resource is encrypted with; nothing where it is encrypted otherwise. */
export function keyNeeds(book: PolicyBook, arn: string, actions: readonly string[], context: ContextValues = {}): Need[] {
  const key = book.keyOf(arn);
  return key === undefined ? [] : actions.map((action) => ({ action: `kms:${action}`, resources: [key], context }));
}

/** Marks a call that a service makes to KMS for its caller. */
export function via(service: string, region: string): ContextValues {
  return { 'kms:ViaService': `${service}.${region}.amazonaws.com` };
}
