import { demoCommand } from './demo-command';

// Before anything is built: a name that is mistyped is told at once.
demoCommand(process.argv.slice(2));
