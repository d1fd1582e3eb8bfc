#!/usr/bin/env node
import { run } from './run';
import { processTerminal } from './terminal';

void run(process.argv.slice(2), processTerminal()).then((code) => {
  // What was printed goes out first, where a pipe is slow.
  process.stdout.write('', () => process.exit(code));
});
