#!/usr/bin/env node
import { run } from './run';
import { processTerminal } from './terminal';

const UNEXPECTED = 1;

function end(code: number): void {
  // What was printed goes out first, where a pipe is slow.
  process.stdout.write('', () => process.exit(code));
}

run(process.argv.slice(2), processTerminal()).then(end, (error: unknown) => {
  console.error(error);
  end(UNEXPECTED);
});
