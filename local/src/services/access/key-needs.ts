import { Need } from './need';
import { PolicyBook } from './policy-book';
import { ContextValues } from '../../permissions';

/** What a call needs of the customer's key that its resource is encrypted with; nothing where it is encrypted otherwise. */
export function keyNeeds(book: PolicyBook, arn: string, actions: readonly string[], context: ContextValues = {}): Need[] {
  const key = book.keyOf(arn);
  if (key === undefined) {
    return [];
  }
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases
  const known = { 'kms:ResourceAliases': book.aliasesOf(key), ...viaServiceOf(arn), ...context };
  return actions.map((action) => ({ action: `kms:${action}`, resources: [key], context: known }));
}

/** The services here that mark what they ask of KMS for a caller: conditions-kms.html#conditions-kms-via-service of the same guide. */
const MARKING = ['dynamodb', 'secretsmanager', 'sns', 'sqs'];

function viaServiceOf(arn: string): ContextValues {
  const [, , service, region] = arn.split(':');
  return MARKING.includes(service) ? { 'kms:ViaService': `${service}.${region}.amazonaws.com` } : {};
}
