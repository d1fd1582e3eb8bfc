import Ajv from 'ajv';
import type { DynamoDBRecord } from 'aws-lambda';
import { changeOf } from '../../../lambda-src/status-feed/order-change';
import { eventOf, orderStatusChanged } from '../../../lambda-src/status-feed/order-status-changed';
import schema from '../../../lambda-src/status-feed/order-status-changed.schema.json';
import { PUBLISHED_ATTRIBUTES } from '../../../src/contract/order-row';

const ROW = {
  orderId: { S: 'order-1' },
  userId: { S: 'user-1' },
  email: { S: 'ann@example.com' },
  currency: { S: 'EUR' },
  items: { L: [{ M: { productId: { S: 'prod-1' }, quantity: { N: '2' }, price: { N: '29.99' } } }] },
  totalAmount: { N: '59.98' },
  status: { S: 'PAID' },
  version: { N: '4' },
  owner: { S: 'arn:aws:states:eu-west-1:111122223333:execution:Orders:order-1' },
  payment: { M: { transactionId: { S: 'charge-1' } } },
  results: { M: { Score: { M: { huge: { N: '123456789012345678901234567890' } } } } },
  waiting: { M: { token: { S: 'a token that answers the task' } } },
  history: { M: { 4: { M: { status: { S: 'PAID' }, at: { S: '2030-01-01T00:00:04.000Z' }, step: { S: 'ProcessPayment' } } } } },
  createdAt: { S: '2030-01-01T00:00:00.000Z' },
  updatedAt: { S: '2030-01-01T00:00:09.000Z' },
};
const without = (row: object, ...names: string[]) => Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
const record = (after?: object, before?: object): DynamoDBRecord =>
  ({ dynamodb: { SequenceNumber: '1', NewImage: after, OldImage: before } }) as DynamoDBRecord;

/** The event as the bus gets it. */
const detailOf = (after: object, before?: object) =>
  JSON.parse(eventOf('bus', orderStatusChanged('Orders', changeOf(record(after, before))!)).Detail!);

const isValid = new Ajv({ allErrors: true, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ } }).compile(schema);
const expectValid = (detail: object) => expect({ valid: isValid(detail), errors: isValid.errors }).toEqual({ valid: true, errors: null });

describe('the event of a change', () => {
  test('holds what a notification needs of the order, and nothing else of its row', () => {
    expect(detailOf(ROW, { ...ROW, status: { S: 'RESERVED' } })).toEqual({
      schemaVersion: '1',
      workflow: 'Orders',
      orderId: 'order-1',
      userId: 'user-1',
      email: 'ann@example.com',
      status: 'PAID',
      previousStatus: 'RESERVED',
      version: 4,
      at: '2030-01-01T00:00:04.000Z',
      currency: 'EUR',
      totalAmount: 59.98,
    });
  });

  test('has the source and the detail type that rules match', () => {
    const { EventBusName, Source, DetailType } = eventOf('bus', orderStatusChanged('Orders', changeOf(record(ROW))!));
    expect({ EventBusName, Source, DetailType }).toEqual({
      EventBusName: 'bus', Source: 'cdk-order-workflow', DetailType: 'OrderStatusChanged',
    });
  });

  test.each<[string, object, object | undefined]>([
    ['a new order', ROW, undefined],
    ['an order that moved on', ROW, { ...ROW, status: { S: 'RESERVED' } }],
    ['an order whose user and amount were refused', { ...without(ROW, 'userId', 'email', 'currency', 'totalAmount'), reason: { S: 'userId: is missing' } }, undefined],
    ['an order with a reason of many pages', { ...ROW, reason: { S: 'x'.repeat(100_000) } }, undefined],
  ])('fits the schema that is shipped, for %s, which names all its fields', (_, after, before) => {
    const detail = detailOf(after, before);
    expectValid(detail);
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(detail)));
  });

  test('has a schema of the attributes that the contract publishes, and of nothing else', () => {
    const copied = PUBLISHED_ATTRIBUTES.filter(name => name !== 'history' && name !== 'updatedAt');
    expect(Object.keys(schema.properties).sort()).toEqual([...copied, 'at', 'previousStatus', 'schemaVersion', 'workflow'].sort());
  });

  test('has a schema that rejects invalid events', () => {
    expect(isValid({ ...detailOf(ROW), version: 0 })).toBe(false);
    expect(isValid(without(detailOf(ROW), 'at'))).toBe(false);
    expect(isValid({ ...detailOf(ROW), schemaVersion: '2' })).toBe(false);
  });

  test('has the time of the last write if the history has no entry', () => {
    expect(detailOf(without(ROW, 'history')).at).toBe('2030-01-01T00:00:09.000Z');
  });

  test('has a reason of at most 1,000 characters', () => {
    const reasonOf = (length: number) => detailOf({ ...ROW, reason: { S: 'x'.repeat(length) } }).reason;
    expect(reasonOf(1_000)).toBe('x'.repeat(1_000));
    expect(reasonOf(1_001)).toBe(`${'x'.repeat(999)}…`);
  });
});

describe('a record of the stream', () => {
  test.each<[string, object | undefined, object | undefined]>([
    ['a write that left the status as it was', { ...ROW, version: { N: '5' } }, ROW],
    ['an order that was deleted', undefined, ROW],
    ['an item that has no status', without(ROW, 'status'), undefined],
    ['an item whose status is no text', { ...ROW, status: { N: '1' } }, undefined],
    ['an item that has no version', without(ROW, 'version'), undefined],
    ['nothing', undefined, undefined],
  ])('is ignored if it holds %s', (_, after, before) => {
    expect(changeOf(record(after, before))).toBeUndefined();
    expect(changeOf({})).toBeUndefined();
  });
});
