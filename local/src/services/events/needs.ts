import { JsonObject } from '../../json';
import { need, NeedTable } from '../access/need';

/**
 * What calls to EventBridge need.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
 * @param arnOf the ARN of the bus that an entry names
 */
export function eventsNeeds(arnOf: (entry: JsonObject) => string): NeedTable {
  return {
    PutEvents: ({ Entries }) => (Entries as JsonObject[]).map((entry) => ({
      ...need('events:PutEvents', arnOf(entry)),
      context: { 'events:source': String(entry.Source), 'events:detail-type': String(entry.DetailType) },
    })),
  };
}
