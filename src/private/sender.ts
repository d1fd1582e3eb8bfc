import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ValidationError } from './validation-error';

/** SES checks the address and its domain, whichever of them was verified. @internal */
export function senderArns(scope: Construct, from: string): string[] {
  if (!Token.isUnresolved(from) && !from.includes('@')) {
    throw new ValidationError(`from is '${from}', which is no mail address: give one that SES has verified, such as shop@example.com`, scope);
  }
  const address = /<(.+)>\s*$/.exec(from)?.[1] ?? from;
  return [address, address.split('@').pop()!].map((identity) =>
    Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: identity }));
}
