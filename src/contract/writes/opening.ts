import { STATUSES } from '../statuses';
import { WORKFLOW_STEP } from '../workflow-steps';
import { MINE, SENT_PARAMETERS, UNOWNED, WRITER, entry, listing, once, sentValues } from './parts';
import { RowWrite, constant, equals, missing, parametersOf } from '../row-write';

const RECEIVED = constant(STATUSES.RECEIVED);
const received = { at: 'text', orderId: 'text', requestHash: 'text', ...SENT_PARAMETERS } as const;
const opened = { ...WRITER, orderId: 'text', ...SENT_PARAMETERS } as const;
const created = { ...opened, step: 'text', to: 'text', reason: 'text?', undoCause: 'text?', undoFrom: 'text?' } as const;
const { at, owner, orderId, requestHash } = parametersOf({ ...received, ...opened });
const { step, to, reason, undoCause, undoFrom } = parametersOf(created);

/** An intake received the order: no execution has it yet. */
export const receiveOrder: RowWrite<typeof received> = {
  parameters: received,
  must: [missing('orderId')],
  set: [
    ...sentValues(),
    { path: ['status'], value: RECEIVED },
    { path: ['version'], value: constant(1) },
    { path: ['requestHash'], value: requestHash },
    { path: ['history'], value: { map: { 1: entry(RECEIVED, constant(WORKFLOW_STEP.INTAKE)) } } },
    { path: ['createdAt'], value: at },
    { path: ['updatedAt'], value: at },
    ...listing(orderId),
  ],
};

/** An execution opens its order: it creates the row, or takes the one that an intake wrote. */
export const openOrder: RowWrite<typeof opened> = {
  parameters: opened,
  must: [{
    anyOf: [missing('orderId'), { allOf: [equals('status', RECEIVED), { anyOf: [UNOWNED, MINE] }] }],
  }],
  set: [
    { path: ['owner'], value: owner },
    { path: ['status'], value: RECEIVED },
    { path: ['version'], value: constant(1) },
    // Recovery counts from when the owner last wrote: the intake can be long ago.
    { path: ['updatedAt'], value: at },
    ...once([
      { path: ['history'], value: { map: { 1: entry(RECEIVED, constant(WORKFLOW_STEP.OPEN_ORDER)) } } },
      { path: ['createdAt'], value: at },
      ...listing(orderId),
      ...sentValues(),
    ]),
  ],
};

/** The first step creates the row of an order that no intake received: received and validated in one write. */
export const createOrder: RowWrite<typeof created> = {
  parameters: created,
  must: [missing('orderId')],
  set: [
    ...sentValues(),
    { path: ['status'], value: to },
    { path: ['version'], value: constant(2) },
    { path: ['owner'], value: owner },
    { path: ['reason'], value: reason },
    { path: ['undo'], value: { map: { cause: undoCause, from: undoFrom, done: { map: {} } } }, when: undoCause },
    { path: ['history'], value: { map: { 1: entry(RECEIVED, constant(WORKFLOW_STEP.OPEN_ORDER)), 2: entry(to, step) } } },
    { path: ['createdAt'], value: at },
    { path: ['updatedAt'], value: at },
    ...listing(orderId),
  ],
};
