import { Fields } from './fields';

/** What an EXPRESS state machine cannot do: it neither waits for others nor starts child executions. */
export function refuseInExpress(fields: Fields): void {
  const resource = fields.json('Resource');
  if (typeof resource === 'string') {
    const pattern = /\.(sync|waitForTaskToken)(?=$|:)/.exec(resource)?.[0];
    if (pattern !== undefined) {
      throw fields.error('Resource', `an EXPRESS state machine does not support '${pattern}'; use one of type STANDARD`);
    }
    if (/:activity:/.test(resource)) {
      throw fields.error('Resource', 'an EXPRESS state machine does not support activities; use one of type STANDARD');
    }
  }
}
