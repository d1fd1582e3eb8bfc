import fc from 'fast-check';
import { ATTEMPTS, retryContended } from '../../../lambda-src/dynamodb/contention';

const contended = () => Object.assign(new Error('busy'), { name: 'ThrottlingException' });

describe('a retry after contention', () => {
  test('waits longer each time, any part of it, and never more than 800 ms', async () => {
    await fc.assert(fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async random => {
      const pauses: number[] = [];
      const timing = { random: () => random, wait: async (milliseconds: number) => pauses.push(milliseconds) };

      await expect(retryContended(timing, async () => { throw contended(); })).rejects.toMatchObject({ name: 'TransactionConflict' });

      expect(pauses).toEqual([25, 50, 100, 200, 400, 800, 800].map(longest => random * longest));
      expect(pauses).toHaveLength(ATTEMPTS - 1);
    }));
  });

  test.each([
    ['an answer that took too long', { name: 'TimeoutError' }],
    ['a connection that was refused', { code: 'ECONNREFUSED' }],
    ['a fault of the service', { $fault: 'server', name: 'InternalServerError' }],
  ])('is not for %s: the state machine tries that again', async (_, properties) => {
    const timing = { random: () => 1, wait: async () => undefined };
    const send = jest.fn(async () => { throw Object.assign(new Error('lost'), properties); });

    await expect(retryContended(timing, send)).rejects.toMatchObject({ name: 'ServiceUnavailable', cause: properties });
    expect(send).toHaveBeenCalledTimes(1);
  });

  test('is not for a mistake of ours', async () => {
    const mistake = Object.assign(new Error('bad expression'), { name: 'ValidationException', $fault: 'client' });
    const timing = { random: () => 1, wait: async () => undefined };

    await expect(retryContended(timing, async () => { throw mistake; })).rejects.toBe(mistake);
  });
});
