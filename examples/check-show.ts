import { showCommand } from './show-command';

// Before anything is built: a name that is mistyped is told at once.
showCommand(process.argv.slice(2));
