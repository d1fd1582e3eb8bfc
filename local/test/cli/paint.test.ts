import { colourOf, paintFor } from '../../src/cli/paint';

test('colours are printed to a terminal, and not to a pipe', () => {
  expect(paintFor(true)('red', 'failed')).toBe('\u001b[31mfailed\u001b[39m');
  expect(paintFor(false)('red', 'failed')).toBe('failed');
});

test.each([['COMPLETED', 'green'], ['NEEDS_ATTENTION', 'red'], ['OUT_OF_STOCK', 'yellow'], ['RECEIVED', 'grey']])('%s is %s', (status, colour) => {
  expect(colourOf(status)).toBe(colour);
});
