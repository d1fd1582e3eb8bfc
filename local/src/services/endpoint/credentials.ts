import { Caller } from '../service';

/** Credentials that say whose they are. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const PREFIX = 'LOCAL.';
const ROLE = 'role';

/** Fake credentials that say whose they are: so the endpoint knows which function calls. */
export function credentialsOf(caller: Caller): Credentials {
  return { accessKeyId: `${PREFIX}${caller.kind}.${caller.name}`, secretAccessKey: 'local' };
}

/** Credentials of a caller from outside that calls in the name of a role. */
export function credentialsOfRole(role: string): Credentials {
  return { accessKeyId: `${PREFIX}${ROLE}.${encodeURIComponent(role)}`, secretAccessKey: 'local' };
}

/** The header of a request that is signed for a service. */
export function authorizationOf({ accessKeyId }: Credentials, service: string): string {
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/local/${service}/aws4_request`;
}

/** Who signed a request, and for which service: `Credential=<key>/<date>/<region>/<service>/aws4_request`. */
export function readAuthorization(authorization: string | undefined): { caller: Caller; service: string | undefined } {
  const [, accessKeyId = '', service] = /Credential=([^/]+)\/[^/]+\/[^/]+\/([^/]+)\//.exec(authorization ?? '') ?? [];
  return { caller: callerOfKey(accessKeyId), service };
}

/** The caller who has an access key. */
export function callerOfKey(accessKeyId: string): Caller {
  if (!accessKeyId.startsWith(PREFIX)) {
    return { kind: 'outside', name: accessKeyId };
  }
  const [kind, ...rest] = accessKeyId.slice(PREFIX.length).split('.');
  const name = rest.join('.');
  if (kind === ROLE) {
    const role = decodeURIComponent(name);
    return { kind: 'outside', name: role, as: { role } };
  }
  return { kind: kind as Caller['kind'], name };
}
