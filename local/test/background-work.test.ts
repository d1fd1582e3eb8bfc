import { BackgroundWork } from '../src/background-work';
import { CloudClosed } from '../src/cloud-closed';
import { ClosableClock } from '../src/runtime/closable-clock';
import { VirtualClock } from '../src/virtual-clock';

function backgroundFixture() {
  const clock = new VirtualClock();
  const ownClock = new ClosableClock(clock);
  const logged: string[] = [];
  const background = new BackgroundWork(ownClock, (source, line) => logged.push(`${source}: ${line}`));
  return { clock, ownClock, logged, background };
}

test('work that fails is logged, and ends nothing else', async () => {
  const { logged, background } = backgroundFixture();

  background.run('delivery', () => Promise.reject(new Error('no such queue')));

  await background.close();
  expect(logged).toEqual(['delivery: failed: no such queue']);
});

test('work with what is outside is retried with growing delays until it succeeds', async () => {
  const { clock, logged, background } = backgroundFixture();
  const tries: number[] = [];
  const begin = clock.now();

  background.retry('stream', async () => {
    tries.push(clock.now() - begin);
    if (tries.length < 4) {
      throw new Error('reset');
    }
  });
  await clock.advance(60_000);

  expect(tries).toEqual([0, 100, 300, 700]);
  expect(logged).toEqual(['stream: failed: reset', 'stream: failed: reset', 'stream: failed: reset']);
});

test('virtual time stands still while work with what is outside is under way', async () => {
  const { clock, background } = backgroundFixture();
  let answer = (): void => undefined;
  background.retry('stream', () => new Promise<void>((resolve) => {
    answer = resolve;
  }));
  let advanced = false;

  const advancing = clock.advance(1000).then(() => {
    advanced = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(advanced).toBe(false);

  answer();
  await advancing;
});

test('a close awaits what is under way, and nothing begins after it', async () => {
  const { background } = backgroundFixture();
  const done: string[] = [];
  let finish = (): void => undefined;
  background.run('first', async () => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    done.push('first');
    background.run('second', async () => done.push('second'));
  });

  const closed = background.close().then(() => done.push('closed'));
  finish();
  await closed;

  expect(done).toEqual(['first', 'closed']);
});

test('what sleeps on the clock of a cloud is woken when it closes, and not logged', async () => {
  const { ownClock, logged, background } = backgroundFixture();
  const woken: unknown[] = [];
  background.run('delivery', async () => {
    await ownClock.sleep(1000).catch((error: unknown) => {
      woken.push(error);
      throw error;
    });
  });
  background.retry('stream', () => Promise.reject(new Error('reset')));
  await new Promise((resolve) => setImmediate(resolve));

  ownClock.close();
  await background.close();

  expect(woken).toEqual([expect.any(CloudClosed)]);
  expect(logged).toEqual(['stream: failed: reset']);
  await expect(ownClock.sleep(1)).rejects.toThrow(CloudClosed);
});

test('a sleep on the clock of a cloud also ends by the signal that it was given', async () => {
  const { ownClock } = backgroundFixture();
  const giveUp = new AbortController();
  const asleep = ownClock.sleep(1000, giveUp.signal);

  giveUp.abort(new Error('given up'));

  await expect(asleep).rejects.toThrow('given up');
});
