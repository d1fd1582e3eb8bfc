import { demoCommand } from '../../examples/demo-command';

const exitCode = process.exitCode;
let told: jest.SpyInstance;

beforeEach(() => {
  told = jest.spyOn(console, 'error').mockReturnValue();
});

afterEach(() => {
  told.mockRestore();
  process.exitCode = exitCode;
});

test('the options of the local cloud are passed on to it', () => {
  expect(demoCommand(['minimal-saga', '--port', '5000', '--api-port', '5001', '--logs'])).toEqual({
    example: 'minimal-saga', once: false, options: ['--logs', '--port=5000', '--api-port=5001'],
  });
  expect(demoCommand(['--once'])).toEqual({ example: 'quickstart', once: true, options: [] });
});

test('an unknown option is refused with the list of options', () => {
  expect(demoCommand(['minimal-saga', '--ports', '5000'])).toBeUndefined();

  expect(told).toHaveBeenCalledWith("Unknown option '--ports': write npm run demo -- <name> [--once] [--logs] [--port <number>] [--api-port <number>]");
  expect(process.exitCode).toBe(2);
});
