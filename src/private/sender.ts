import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ValidationError } from './validation-error';

/** What SES authorizes for an email. @internal */
export interface Sender {
  readonly sender: string;
  readonly verifiedDomain?: string;
  readonly configurationSetName?: string;
  readonly defaultConfigurationSetName?: string;
}

/**
 * What a principal sends with: the address and its domain, whichever of them was verified, the parent domain that was verified in place of
 * them, and the configuration sets.
 *
 * @internal
 */
export function senderArns(scope: Construct, { sender, verifiedDomain, configurationSetName, defaultConfigurationSetName }: Sender): string[] {
  if (!Token.isUnresolved(sender) && !sender.includes('@')) {
    throw new ValidationError(`sender is '${sender}', which is not an email address: give one that SES has verified, such as shop@example.com`, scope);
  }
  const address = /<(.+)>\s*$/.exec(sender)?.[1] ?? sender;
  const domain = address.split('@').pop()!;
  if (verifiedDomain !== undefined && ![domain, verifiedDomain].some((name) => Token.isUnresolved(name)) && !`.${domain}`.endsWith(`.${verifiedDomain}`)) {
    throw new ValidationError(`verifiedDomain is '${verifiedDomain}', which is no parent domain of the sender ${address}: give the domain that SES has verified`, scope);
  }
  const arns = (resource: string, names: (string | undefined)[]) => [...new Set(names)].flatMap((resourceName) =>
    resourceName === undefined ? [] : [Stack.of(scope).formatArn({ service: 'ses', resource, resourceName })]);
  return [
    ...arns('identity', [address, domain, verifiedDomain]),
    ...arns('configuration-set', [configurationSetName, defaultConfigurationSetName]),
  ];
}
