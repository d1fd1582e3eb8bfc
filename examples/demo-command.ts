import { parseArgs } from 'util';
import { isExample } from './names';

/** What the demo was asked to do. */
export interface DemoCommand {
  readonly example: string;
  /** It ends when the orders have. */
  readonly once: boolean;
  /** What functions log is shown. */
  readonly logs: boolean;
}

/** The command of the terminal; undefined if it makes no sense, which the terminal is told. The exit code then is 2. */
export function demoCommand(args: string[]): DemoCommand | undefined {
  try {
    const { values: { once = false, logs = false }, positionals: [example = 'quickstart', ...more] } = parseArgs({
      args, options: { once: { type: 'boolean' }, logs: { type: 'boolean' } }, allowPositionals: true,
    });
    if (more.length > 0) {
      throw new Error(`one example runs at a time, not also ${more.join(', ')}`);
    }
    return isExample(example) ? { example, once, logs } : undefined;
  } catch (error) {
    console.error(`${(error as Error).message.split('. ')[0]}: write npm run demo -- <name> [--once] [--logs]`);
    process.exitCode = 2;
    return undefined;
  }
}
