import { Caller } from '../service';

/** Fake credentials that say whose they are: so the endpoint knows which function calls. */
export function credentialsOf(caller: Caller): { accessKeyId: string; secretAccessKey: string } {
  return { accessKeyId: `${PREFIX}${caller.kind}.${caller.name}`, secretAccessKey: 'local' };
}

const PREFIX = 'LOCAL.';

/** Who signed a request, and for which service: `Credential=<key>/<date>/<region>/<service>/aws4_request`. */
export function readAuthorization(authorization: string | undefined): { caller: Caller; service: string | undefined } {
  const [, accessKeyId = '', service] = /Credential=([^/]+)\/[^/]+\/[^/]+\/([^/]+)\//.exec(authorization ?? '') ?? [];
  const [kind, ...name] = accessKeyId.startsWith(PREFIX) ? accessKeyId.slice(PREFIX.length).split('.') : ['outside', accessKeyId];
  return { caller: { kind: kind as Caller['kind'], name: name.join('.') }, service };
}
