import fc from 'fast-check';
import { ATTEMPTS, Budget } from '../../../lambda-src/status-feed/budget';
import { ConcurrencyLimit } from '../../../lambda-src/status-feed/concurrency-limit';

/** A clock that moves by the pauses, and by what each send takes. */
class Time {
  public at = 0;
  public readonly pauses: number[] = [];
  public constructor(private readonly chance = 0.5) {}
  public readonly random = () => this.chance;
  public readonly now = () => this.at;
  public readonly wait = async (milliseconds: number) => {
    this.pauses.push(milliseconds);
    this.at += milliseconds;
  };
}

const busy = Object.assign(new Error('busy'), { name: 'LimitExceededException', $metadata: { httpStatusCode: 429 } });

describe('a budget', () => {
  test('retries a few times, with full jitter and a longer pause each time', async () => {
    await fc.assert(fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async chance => {
      const time = new Time(chance);
      const send = jest.fn(async () => { throw busy; });

      await expect(new Budget(time, 30_000).spend(send)).rejects.toBe(busy);

      expect(send).toHaveBeenCalledTimes(ATTEMPTS);
      expect(time.pauses).toEqual([100, 200, 400].map(longest => chance * longest));
    }));
  });

  test.each([
    ['a service that is at fault', { $metadata: { httpStatusCode: 503 } }],
    ['a service that is throttled', { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }],
    ['a key that is throttled', { name: 'KmsThrottled', $metadata: { httpStatusCode: 400 } }],
    ['an answer that took too long', { name: 'TimeoutError' }],
    ['a connection that broke', { code: 'ECONNRESET' }],
  ])('is spent on %s', async (_, properties) => {
    const send = jest.fn(async () => 'taken').mockRejectedValueOnce(Object.assign(new Error('lost'), properties));
    expect(await new Budget(new Time(), 30_000).spend(send)).toBe('taken');
  });

  test.each([
    ['a permanent error', { name: 'ForbiddenException', $metadata: { httpStatusCode: 403 } }],
    ['an error of the code', { name: 'TypeError' }],
  ])('is not spent on %s', async (_, properties) => {
    const send = jest.fn(async () => { throw Object.assign(new Error('no'), properties); });
    await expect(new Budget(new Time(), 30_000).spend(send)).rejects.toMatchObject(properties);
    expect(send).toHaveBeenCalledTimes(1);
  });

  test('does not retry a service that hangs', async () => {
    const time = new Time();
    const send = jest.fn(async () => {
      time.at += 3_000;
      throw Object.assign(new Error('too long'), { name: 'TimeoutError' });
    });

    await expect(new Budget(time, 30_000).spend(send)).rejects.toThrow('too long');

    expect(send).toHaveBeenCalledTimes(1);
  });

  test('does not begin a pause that ends after its time', async () => {
    const time = new Time();
    const send = jest.fn(async () => { throw busy; });

    await expect(new Budget(time, 120).spend(send)).rejects.toBe(busy);

    expect(time.pauses).toEqual([50]);
    expect(send).toHaveBeenCalledTimes(2);
  });

  test('whose time is up sends nothing, not even what waited before', async () => {
    const time = new Time();
    const budget = new Budget(time, 1_000);
    const limit = new ConcurrencyLimit(1);
    const second = jest.fn(async () => 'late');
    const first = budget.spend(async () => { time.at = 1_000; }, limit);
    const waiting = budget.spend(second, limit);

    await first;

    await expect(waiting).rejects.toMatchObject({ name: 'ServiceUnavailable', message: expect.stringContaining('time of this invocation') });
    expect(second).not.toHaveBeenCalled();
  });
});

describe('a concurrency limit', () => {
  test('runs at most so many tasks at a time, and all of them in the end', async () => {
    await fc.assert(fc.asyncProperty(
      fc.scheduler(), fc.integer({ min: 1, max: 5 }), fc.array(fc.boolean(), { maxLength: 20 }),
      async (scheduler, places, works) => {
        const limit = new ConcurrencyLimit(places);
        let inside = 0;
        let most = 0;
        const done = Promise.allSettled(works.map(async fails => limit.run(async () => {
          most = Math.max(most, ++inside);
          await scheduler.schedule(Promise.resolve());
          inside--;
          if (fails) throw new Error('failed');
        })));

        await scheduler.waitFor(done);

        expect((await done).map(({ status }) => status === 'rejected')).toEqual(works);
        expect(most).toBe(Math.min(places, works.length));
      },
    ));
  });

  test('has a free place while a request pauses', async () => {
    const limit = new ConcurrencyLimit(1);
    const order: string[] = [];
    let goOn = () => {};
    const time = { random: () => 1, now: () => 0, wait: async () => new Promise<void>(resolve => { goOn = resolve; }) };
    const budget = new Budget(time, 30_000);
    const slow = budget.spend(jest.fn(async () => { order.push('slow'); }).mockRejectedValueOnce(busy), limit);

    await budget.spend(async () => { order.push('fast'); }, limit);
    goOn();
    await slow;

    expect(order).toEqual(['fast', 'slow']);
  });
});
