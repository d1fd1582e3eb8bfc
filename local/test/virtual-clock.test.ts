import { VirtualClock } from '../src';

test('advancing fires the timers that fall due on the way, in their order', async () => {
  const clock = new VirtualClock(0);
  const fired: string[] = [];
  clock.after(300, () => fired.push(`c at ${clock.now()}`));
  clock.after(100, () => fired.push(`a at ${clock.now()}`));
  clock.after(100, () => fired.push(`b at ${clock.now()}`));

  await clock.advance(200);

  expect(fired).toEqual(['a at 100', 'b at 100']);
  expect(clock.now()).toBe(200);
});

test('a cancelled timer never fires', async () => {
  const clock = new VirtualClock(0);
  const cancel = clock.after(100, () => {
    throw new Error('fired');
  });
  cancel();

  await clock.advance(1000);

  expect(clock.now()).toBe(1000);
});

test('time jumps from timer to timer until the awaited promise settles', async () => {
  const clock = new VirtualClock(0);
  const outcome = (async () => {
    await clock.sleep(86_400_000);
    await clock.sleep(5);
    return clock.now();
  })();

  expect(await clock.until(outcome)).toBe(86_400_005);
});

test('time stands still while work is in flight', async () => {
  const clock = new VirtualClock(0);
  let seen = -1;
  const work = clock.busy(new Promise<void>((resolve) => setImmediate(() => setImmediate(() => {
    seen = clock.now();
    resolve();
  }))));

  await clock.until(Promise.all([work, clock.sleep(1000)]));

  expect(seen).toBe(0);
  expect(clock.now()).toBe(1000);
});

test('waiting for what nothing will settle is an error, not a hang', async () => {
  await expect(new VirtualClock().until(new Promise(() => undefined))).rejects.toThrow('virtual time stands still');
});

test('an aborted sleep rejects with the reason and leaves no timer behind', async () => {
  const clock = new VirtualClock(0);
  const abort = new AbortController();
  const sleep = clock.sleep(1000, abort.signal);
  abort.abort(new Error('enough'));

  await expect(sleep).rejects.toThrow('enough');
  await expect(clock.until(new Promise(() => undefined))).rejects.toThrow('no timer is set');
});

test('thousands of timers fire in the order of their times', async () => {
  const clock = new VirtualClock(0);
  const fired: number[] = [];
  for (let i = 0; i < 3000; i++) {
    const ms = (i * 7919) % 3001;
    clock.after(ms, () => fired.push(ms));
  }

  await clock.advance(4000);

  expect(fired).toEqual([...fired].sort((a, b) => a - b));
  expect(fired).toHaveLength(3000);
});
