import type { Alert, Source } from './alert';
import { plainText } from './plain-text';
import { hashOf } from '../hash';

const SUMMARY = 1_024;
const DEDUP_KEY = 255;

const SEVERITIES: Readonly<Record<string, string>> = {
  'alarm': 'error',
  'compensation-failed': 'critical',
  'execution-interrupted': 'error',
  'order-failed': 'error',
};

/** The alert as an event of the Events API v2: all alerts of one order belong to one incident. */
export function pagerDutyEvent(routingKey: string, alert: Alert, { workflow }: Source): object {
  const { kind, subject, title, step, facts, text, links, at, isResolved } = alert;
  return {
    routing_key: routingKey,
    event_action: isResolved ? 'resolve' : 'trigger',
    dedup_key: dedupKey(kind === 'alarm' ? `${workflow}:alarm:${subject}` : `${workflow}:${subject}`),
    client: 'cdk-order-workflow',
    links: links.map(({ name, url }) => ({ text: name, href: url })),
    payload: {
      summary: plainText(title, SUMMARY),
      source: workflow,
      severity: Object.hasOwn(SEVERITIES, kind) ? SEVERITIES[kind] : 'warning',
      timestamp: new Date(at).toISOString(),
      ...step ? { component: step } : {},
      group: workflow,
      class: kind,
      custom_details: { ...Object.fromEntries(facts), ...text ? { Cause: text } : {} },
    },
  };
}

function dedupKey(key: string): string {
  return key.length <= DEDUP_KEY ? key : hashOf(key);
}
