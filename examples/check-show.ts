import { showCommand } from './show-command';

// Before anything is built: a mistyped name is reported at once.
showCommand(process.argv.slice(2));
