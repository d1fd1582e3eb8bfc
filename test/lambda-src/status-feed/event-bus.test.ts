import { AwsServices, BROKEN, Call, ServiceError } from '../../support/aws-services';
import { Engine, startEngine } from '../../support/dynoxide';
import { BUS, FeedFixture } from '../../support/feed-fixture';
import { readLogs } from '../../support/logs';

let engine: Engine;
let services: AwsServices;
let feed: FeedFixture;
let logs: string[];
beforeAll(async () => { [engine, services] = await Promise.all([startEngine(), AwsServices.start()]); });
afterAll(async () => Promise.all([engine.stop(), services.stop()]));
beforeEach(async () => {
  feed = await FeedFixture.open(engine, services);
  logs = readLogs();
});
afterEach(() => jest.restoreAllMocks());

const STATUSES = Array.from({ length: 23 }, (_, index) => `STATUS_${index + 1}`);
const versions = () => feed.details.map(({ version }) => version);
const publishesAlone = async (statuses = STATUSES) => feed.publish(feed.records({}, ...statuses), { withFeed: false });
const batches = () => services.calls.map(({ input }) => input.Entries.length);

describe('events', () => {
  test('go to the bus ten at a time, in their order', async () => {
    expect(await publishesAlone()).toBeUndefined();

    expect(batches()).toEqual([10, 10, 3]);
    expect(versions()).toEqual(STATUSES.map((_, index) => index + 1));
    expect(new Set(services.published.map(({ EventBusName }) => EventBusName))).toEqual(new Set([BUS]));
  });

  test('that the bus did not accept go again, and only those', async () => {
    let asked = 0;
    services.refusedEntries = () => ++asked === 1 ? [2, 7] : asked === 2 ? [1] : [];

    expect(await publishesAlone()).toBeUndefined();

    expect(batches()).toEqual([10, 2, 1, 10, 3]);
    expect(versions().sort((a, b) => a - b)).toEqual(STATUSES.map((_, index) => index + 1));
    expect(feed.pauses).toEqual([50, 100]);
  });

  test('that the bus never accepts are retried from the first of them on, and no later ones are sent', async () => {
    const records = feed.records({}, ...STATUSES);
    services.refusedEntries = entries => entries.flatMap(({ Detail }, index) => /"version":1[25]\b/.test(Detail) ? [index] : []);

    expect(await feed.publish(records, { withFeed: false })).toBe(records[11].dynamodb!.SequenceNumber);

    expect(batches()).toEqual([10, 10, 2, 2, 2]);
    expect(versions()).not.toEqual(expect.arrayContaining([21]));
    expect(JSON.parse(logs[0])).toMatchObject({ what: 'events were not published', events: 2, message: expect.stringContaining('InternalFailure') });
  });

  test.each<[string, ServiceError]>([
    ['throttles', { status: 400, name: 'ThrottlingException' }],
    ['is at fault', BROKEN],
  ])('reach a bus that %s for a moment', async (_, refusal) => {
    services.fault = () => services.calls.length < 3 ? refusal : undefined;

    expect(await publishesAlone(['RECEIVED'])).toBeUndefined();

    expect(versions()).toEqual([1]);
    expect(feed.pauses).toEqual([50, 100]);
  });

  test('are not sent again after a permanent error: the stream repeats them', async () => {
    services.fault = ({ operation }: Call) => operation === 'PutEvents' ? { status: 400, name: 'AccessDeniedException' } : undefined;
    const records = feed.records({}, 'RECEIVED', 'VALID');

    expect(await feed.publish(records, { withFeed: false })).toBe(records[0].dynamodb!.SequenceNumber);

    expect(services.calls).toHaveLength(1);
    expect(logs[0]).toContain('AccessDeniedException');
  });

  test('are all that is sent without a feed', async () => {
    await publishesAlone(['RECEIVED']);
    expect(feed.shop.requests.count('Query')).toBe(0);
    expect(services.count('PostToConnection')).toBe(0);
  });

  test('of a batch without a change are none', async () => {
    const [received] = feed.records({}, 'RECEIVED');
    const row = { orderId: 'order-1', status: 'VALID', version: 2 };

    expect(await feed.publish([feed.record({ ...row, reason: 'x' }, row), feed.record(undefined, row), { eventName: 'REMOVE' }])).toBeUndefined();
    expect(services.calls).toEqual([]);
    expect(await feed.publish([received])).toBeUndefined();
    expect(services.calls).toHaveLength(1);
  });
});
