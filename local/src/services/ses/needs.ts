import { JsonObject } from '../../json';
import { Need, need, NeedTable } from '../access/need';

/**
 * What calls to SES need. Which identity counts, the address, its domain or a domain above it, depends on what the account
 * has verified: here one of them is enough.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html
 * @param place `arn:aws:ses:<region>:<account>`
 * @param defaultSetOf the default configuration set of an identity, if a template gives it one
 */
export function sesNeeds(place: string, defaultSetOf: (identity: string) => string | undefined): NeedTable {
  return {
    SendEmail: ({ FromEmailAddress, FromEmailAddressIdentityArn, ConfigurationSetName, Content }) => {
      const identities = identitiesOf(String(FromEmailAddress ?? ''));
      const set = ConfigurationSetName ?? identities.map(defaultSetOf).find((name) => name !== undefined);
      const template = ((Content as JsonObject | undefined)?.Template as JsonObject | undefined)?.TemplateName;
      return [
        need('ses:SendEmail', ...FromEmailAddressIdentityArn === undefined ? identities.map((identity) => `${place}:identity/${identity}`) : [String(FromEmailAddressIdentityArn)]),
        ...more('configuration-set', set),
        ...more('template', template),
      ].map((one) => ({ ...one, context: { 'ses:FromAddress': addressIn(String(FromEmailAddress ?? '')) } }));
    },
  };

  function more(kind: string, name: unknown): Need[] {
    return name === undefined ? [] : [need('ses:SendEmail', `${place}:${kind}/${String(name)}`)];
  }
}

/** The address within `Shop <orders@example.com>`. */
function addressIn(sender: string): string {
  return /<([^>]+)>/.exec(sender)?.[1] ?? sender;
}

/** The address, its domain, and the domains above that. A top-level domain is no identity. */
function identitiesOf(sender: string): string[] {
  const address = addressIn(sender);
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  return [address, ...labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))];
}
