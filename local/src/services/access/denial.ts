import { Need } from './need';
import { Decision, Principal } from '../../permissions';
import { ServiceError } from '../service-error';

type Denied = Extract<Decision, { allowed: false }>;

/** How a service says that a call is denied. */
interface Wording {
  readonly code: string;
  readonly status?: number;
  /** The error where it is the key that may not be used. */
  readonly keyCode?: string;
  readonly actionAs?: (action: string) => string;
}

const DEFAULT_WORDING: Wording = { code: 'AccessDeniedException' };
const WORDINGS: Readonly<Record<string, Wording>> = {
  'lambda': { code: 'AccessDeniedException', status: 403 },
  'sqs': { code: 'AccessDenied', status: 403, keyCode: 'KmsAccessDenied', actionAs: (action) => action.toLowerCase() },
  'sns': { code: 'AuthorizationError', status: 403, keyCode: 'KMSAccessDenied', actionAs: (action) => action.replace(/^sns/, 'SNS') },
  'states': { code: 'AccessDeniedException', keyCode: 'KmsAccessDeniedException' },
  'scheduler': { code: 'AccessDeniedException', status: 403 },
  'ses': { code: 'AccessDeniedException', status: 403 },
  'execute-api': { code: 'AccessDeniedException', status: 403 },
};

/** The error that a service answers with, in its words. */
export function denialOf(service: string, principal: Principal, { action, resources }: Need, decision: Denied): ServiceError {
  const { code, status, keyCode, actionAs = (name) => name } = WORDINGS[service] ?? DEFAULT_WORDING;
  const isOfKey = action.startsWith('kms:');
  const user = principal.sessionArn ?? principal.arn ?? principal.service;
  const named = isOfKey ? action : actionAs(action);
  return new ServiceError(
    isOfKey ? keyCode ?? code : code,
    `User: ${user} is not authorized to perform: ${named} on resource: ${resources[0]} ${reasonOf(decision, named)}`,
    status,
  );
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function reasonOf({ denials, by }: Denied, action: string): string {
  return denials.length > 0
    ? `with an explicit deny in ${ARTICLES[by]} ${POLICIES[by]}`
    : `because no ${POLICIES[by]} allows the ${action} action`;
}

const POLICIES: Readonly<Record<Denied['by'], string>> = {
  identity: 'identity-based policy', boundary: 'permissions boundary', resource: 'resource-based policy',
};
const ARTICLES: Readonly<Record<Denied['by'], string>> = { identity: 'an', boundary: 'a', resource: 'a' };
