import { Fields } from './fields';

const LONGEST_NAME = 80;

/** Names of states are unique in the whole machine, whatever workflow they are in. */
export function checkNames(states: ReadonlyMap<string, Fields>, taken: Set<string>): void {
  for (const [name, fields] of states) {
    if ([...name].length > LONGEST_NAME) {
      throw fields.error('Name', `is longer than ${LONGEST_NAME} characters`);
    }
    if (taken.has(name)) {
      throw fields.error('Name', 'is that of another state of this machine; each needs its own');
    }
    taken.add(name);
  }
}
