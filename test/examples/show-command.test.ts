import { showCommand } from '../../examples/show-command';

let told: jest.SpyInstance;
beforeEach(() => {
  told = jest.spyOn(console, 'error').mockImplementation();
});
afterEach(() => {
  told.mockRestore();
  process.exitCode = undefined;
});

test.each([[[], 'quickstart'], [['custom'], 'custom']])('of %j the example is shown that was named, or the quickstart', (args, example) => {
  expect(showCommand(args)).toBe(example);
  expect(told).not.toHaveBeenCalled();
});

test.each([[['nope'], "no example 'nope'"], [['--help'], 'npm run show -- <name>'], [['custom', 'quickstart'], 'one example']])('%j is refused with a message', (args, reason) => {
  expect(showCommand(args)).toBeUndefined();
  expect(told).toHaveBeenCalledWith(expect.stringContaining(reason));
  expect(process.exitCode).toBe(2);
});
