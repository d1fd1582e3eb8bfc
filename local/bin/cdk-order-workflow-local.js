#!/usr/bin/env node
'use strict';
// npm links a command when it installs, which is before this one is compiled in a clone: so the link is to a file that is always there.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const main = join(__dirname, '..', 'lib', 'cli', 'main.js');
if (existsSync(main)) {
  require(main);
} else {
  console.error('cdk-order-workflow-local is not built yet: run npm run build:local first');
  process.exitCode = 2;
}
