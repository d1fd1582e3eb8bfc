import { DECIDED_SERVICES, isKnownKey } from './condition-keys';
import { PolicyDocument, PolicyError, readPolicy, Statement } from '../../permissions';

/** Reads a policy, and refuses a statement that decides calls by something that is not known of them. */
export function readKnownPolicy(name: string, document: PolicyDocument): Statement[] {
  const statements = readPolicy(name, document);
  for (const statement of statements.filter(canDecide)) {
    const key = statement.keys.find((one) => !isKnownKey(one));
    if (key !== undefined) {
      throw new PolicyError(`${statement.place}: the condition key ${key} is not known for calls that run locally, `
        + 'and the statement could allow or deny some of them; leave it out of local runs, or run without permissions');
    }
  }
  return statements;
}

/** Whether a statement is about calls that run here, and about someone who makes one. */
function canDecide({ services, principals }: Statement): boolean {
  const isOfDecided = services?.some((service) => DECIDED_SERVICES.includes(service)) ?? true;
  const isAboutSome = !principals || principals.except || principals.everyone
    || principals.arns.size + principals.accounts.size + principals.services.size > 0;
  return isOfDecided && isAboutSome;
}
