import { parseArgs } from 'util';
import { isExample } from './names';

/** What the demo was asked to do. */
export interface DemoCommand {
  readonly example: string;
  /** It ends when the orders have. */
  readonly once: boolean;
  /** Further options of the local cloud. */
  readonly options: readonly string[];
}

const OPTIONS = {
  'once': { type: 'boolean' },
  'logs': { type: 'boolean' },
  'port': { type: 'string' },
  'api-port': { type: 'string' },
} as const;

/** The command of the terminal; undefined if it makes no sense, which is reported on the terminal. The exit code then is 2. */
export function demoCommand(args: string[]): DemoCommand | undefined {
  try {
    const { values: { once = false, logs = false, ...ports }, positionals: [example = 'quickstart', ...more] } = parseArgs({
      args, options: OPTIONS, allowPositionals: true,
    });
    if (more.length > 0) {
      throw new Error(`one example runs at a time, not also ${more.join(', ')}`);
    }
    const options = [...(logs ? ['--logs'] : []), ...Object.entries(ports).map(([name, port]) => `--${name}=${port}`)];
    return isExample(example) ? { example, once, options } : undefined;
  } catch (error) {
    console.error(`${(error as Error).message.split('. ')[0]}: write npm run demo -- <name> [--once] [--logs] [--port <number>] [--api-port <number>]`);
    process.exitCode = 2;
    return undefined;
  }
}
