import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ValidationError } from './validation-error';

/** SES checks the address and its domain, whichever of them was verified. @internal */
export function senderArns(scope: Construct, sender: string): string[] {
  if (!Token.isUnresolved(sender) && !sender.includes('@')) {
    throw new ValidationError(`sender is '${sender}', which is not an email address: give one that SES has verified, such as shop@example.com`, scope);
  }
  const address = /<(.+)>\s*$/.exec(sender)?.[1] ?? sender;
  return [address, address.split('@').pop()!].map((identity) =>
    Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: identity }));
}
