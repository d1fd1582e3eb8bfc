import { demoCommand } from './demo-command';

// Before anything is built: a mistyped name is reported at once.
demoCommand(process.argv.slice(2));
