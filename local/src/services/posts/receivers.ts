/** Hosts that notify operators, and the channel that each stands for. */
export const RECEIVERS: Readonly<Record<string, string>> = {
  'hooks.slack.com': 'slack',
  'hooks.slack-gov.com': 'slack',
  'events.pagerduty.com': 'pagerduty',
  'events.eu.pagerduty.com': 'pagerduty',
};
