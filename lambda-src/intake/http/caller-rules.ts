import type { Authorization, CallerRules, DeciderRule } from './caller';
import { setting } from '../../environment';

/** Reads from the environment variables who may call and who may decide. Throws on a wrong value. */
export function callerRulesOfEnvironment(): CallerRules {
  return {
    authorization: oneOf('AUTHORIZATION', setting('AUTHORIZATION'), ['claim', 'iam', 'none']) as Authorization,
    userClaim: process.env.USER_CLAIM || 'sub',
    decider: deciderRule(),
  };
}

function deciderRule(): DeciderRule {
  const by = oneOf('MAY_DECIDE', process.env.MAY_DECIDE || 'none', ['claim', 'iam', 'none']) as DeciderRule['by'];
  return by === 'claim' ? { by, claim: setting('DECIDER_CLAIM'), value: setting('DECIDER_VALUE') } : { by };
}

function oneOf(name: string, value: string, allowed: readonly string[]): string {
  if (!allowed.includes(value)) throw new Error(`the environment variable ${name} is '${value}': give one of ${allowed.join(', ')}`);
  return value;
}
