import { ServiceError } from '../service-error';

/** Up to 100 characters of ASCII, of which the first is to be seen. */
const SUBJECT = /^[!-~][ -~]{0,99}$/;

/** The subject of a message, if it has one: as mails have it, or refused, as SNS does. */
export function readSubject(given: unknown): string | undefined {
  if (given === undefined) {
    return undefined;
  }
  const subject = String(given);
  if (!SUBJECT.test(subject)) {
    throw new ServiceError('InvalidParameter', 'Invalid parameter: Subject');
  }
  return subject;
}
