import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** SES checks the address and its domain, whichever of them was verified. @internal */
export function senderArns(scope: Construct, from: string): string[] {
  const address = /<(.+)>\s*$/.exec(from)?.[1] ?? from;
  return [address, address.split('@').pop()!].map((identity) =>
    Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: identity }));
}
