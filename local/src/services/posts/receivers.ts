/** Hosts of the web that tell people, and what they are called. */
export const RECEIVERS: Readonly<Record<string, string>> = {
  'hooks.slack.com': 'slack',
  'hooks.slack-gov.com': 'slack',
  'events.pagerduty.com': 'pagerduty',
  'events.eu.pagerduty.com': 'pagerduty',
};
