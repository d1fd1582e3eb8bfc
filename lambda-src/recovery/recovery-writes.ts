import type { Change } from '../dynamodb/database';
import { NEEDS_ATTENTION, OrderRow } from '../order/order';

const UNOWNED = 'attribute_not_exists(#owner) AND attribute_exists(#openSince)';
const UNOWNED_NAMES = { '#owner': 'owner', '#openSince': 'openSince' };

/** Notes how often an order was started again. Of those who saw the same count, one does. */
export function restarted({ restarts }: OrderRow, times: number): Change {
  const isSame = restarts === undefined ? 'attribute_not_exists(#restarts)' : '#restarts = :restarts';
  return {
    UpdateExpression: 'SET #restarts = :times',
    ConditionExpression: `${UNOWNED} AND ${isSame}`,
    ExpressionAttributeNames: { ...UNOWNED_NAMES, '#restarts': 'restarts' },
    ExpressionAttributeValues: { ':times': times, ...restarts === undefined ? {} : { ':restarts': restarts } },
  };
}

/** Notes that people were told of an order that nobody could take. */
export function givenUp(at: string): Change {
  return {
    UpdateExpression: 'SET #givenUpAt = :at',
    ConditionExpression: UNOWNED,
    ExpressionAttributeNames: { ...UNOWNED_NAMES, '#givenUpAt': 'givenUpAt' },
    ExpressionAttributeValues: { ':at': at },
  };
}

/** Forgets how often an order was started for nothing: a person says that the cause is gone. */
export function startedAnew({ givenUpAt }: OrderRow): Change {
  return {
    UpdateExpression: 'REMOVE #restarts, #givenUpAt',
    ConditionExpression: `${UNOWNED} AND #givenUpAt = :givenUpAt`,
    ExpressionAttributeNames: { ...UNOWNED_NAMES, '#restarts': 'restarts', '#givenUpAt': 'givenUpAt' },
    ExpressionAttributeValues: { ':givenUpAt': givenUpAt },
  };
}

/** Notes that people were told of an order that waits for them. */
export function toldOfParking({ version, parked }: OrderRow, at: string): Change {
  const [set, isSame] = parked
    ? ['#parked.#toldAt = :parked', 'attribute_exists(#parked)']
    : ['#parked = :parked', 'attribute_not_exists(#parked)'];
  return {
    UpdateExpression: `SET ${set}`,
    ConditionExpression: `#status = :status AND #version = :version AND ${isSame}`,
    ExpressionAttributeNames: { '#status': 'status', '#version': 'version', '#parked': 'parked', ...parked ? { '#toldAt': 'toldAt' } : {} },
    ExpressionAttributeValues: { ':status': NEEDS_ATTENTION, ':version': version, ':parked': parked ? at : { at, toldAt: at } },
  };
}

/** Takes an order that has ended off the list of those that are open. */
export function closed({ owner, version }: OrderRow): Change {
  return {
    UpdateExpression: 'REMOVE #openSince, #openShard',
    ConditionExpression: '#owner = :owner AND #version = :version',
    ExpressionAttributeNames: { '#openSince': 'openSince', '#openShard': 'openShard', '#owner': 'owner', '#version': 'version' },
    ExpressionAttributeValues: { ':owner': owner, ':version': version },
  };
}
