import { STATUSES } from '../statuses';
import { MINE, unlisting } from './parts';
import { RowWrite, constant, equals, parametersOf } from '../row-write';

const closed = { owner: 'text', version: 'number' } as const;
const completed = { owner: 'text', unpublished: 'document?' } as const;
const { version } = parametersOf(closed);
const { unpublished } = parametersOf(completed);

/** Takes an order that has ended off the list of the open ones. */
export const closeOrder: RowWrite<typeof closed> = {
  parameters: closed,
  must: [MINE, equals('version', version)],
  set: [],
  remove: unlisting(),
};

/** Takes a completed order off the list of the open ones, unless the failure of a closing step could not be published. */
export const closeCompleted: RowWrite<typeof completed> = {
  parameters: completed,
  must: [MINE, equals('status', constant(STATUSES.COMPLETED))],
  set: [{ path: ['unpublished'], value: unpublished }],
  remove: unlisting({ unless: unpublished }),
};
