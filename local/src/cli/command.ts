import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { optionError, portOf } from './options';
import { UsageError } from './usage-error';
import { isPermissionMode, PERMISSION_MODES, PermissionMode } from '../services/access/permission-mode';

/** The parsed command line. */
export interface Command {
  readonly assembly: string;
  readonly seed?: string;
  /** The file with the values of secrets. */
  readonly secrets?: string;
  /** The files that run instead of functions' own code. */
  readonly functions: Readonly<Record<string, string>>;
  readonly orders?: string;
  /** Run the orders one by one, then exit. */
  readonly once: boolean;
  readonly workflow?: string;
  readonly port?: number;
  readonly apiPort?: number;
  readonly dynamodbEndpoint?: string;
  /** The role in whose name calls from outside are made. */
  readonly as?: string;
  /** What becomes of calls that no policy allows. */
  readonly permissionMode?: PermissionMode;
  /** Print at the end what each role used and what it did not. */
  readonly permissions: boolean;
  /** Print what functions log. */
  readonly logs: boolean;
  /** Print the version only. */
  readonly version: boolean;
}

const OPTIONS = {
  'seed': { type: 'string' },
  'secrets': { type: 'string' },
  'function': { type: 'string', multiple: true },
  'orders': { type: 'string' },
  'once': { type: 'string' },
  'workflow': { type: 'string' },
  'port': { type: 'string' },
  'api-port': { type: 'string' },
  'dynamodb-endpoint': { type: 'string' },
  'as': { type: 'string' },
  'permission-mode': { type: 'string' },
  'permissions': { type: 'boolean' },
  'logs': { type: 'boolean' },
  'version': { type: 'boolean', short: 'v' },
} as const;

export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  if (positionals.length > 1 && !existsSync(positionals[0])) {
    throw new UsageError(`there is no command '${positionals[0]}': use retry or resolve, or give only the folder of a cloud assembly`);
  }
  if (positionals.length > 1) {
    throw new UsageError(`one cloud assembly is run at a time, not ${positionals.length}: ${positionals.join(', ')}`);
  }
  if (values.once !== undefined && values.orders !== undefined) {
    throw new UsageError('--once and --orders exclude each other: --once runs its orders and ends, --orders keeps serving');
  }
  return {
    assembly: positionals[0] ?? 'cdk.out',
    seed: values.seed,
    secrets: values.secrets,
    functions: standInsOf(values.function),
    orders: values.once ?? values.orders,
    once: values.once !== undefined,
    workflow: values.workflow,
    port: portOf('--port', values.port),
    apiPort: portOf('--api-port', values['api-port']),
    dynamodbEndpoint: endpointOf(values['dynamodb-endpoint']),
    as: values.as,
    permissionMode: modeOf(values['permission-mode']),
    permissions: values.permissions ?? false,
    logs: values.logs ?? false,
    version: values.version ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw optionError(error);
  }
}

function standInsOf(given: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(given.map((one) => {
    const [name, file] = one.split(/=(.*)/s, 2);
    if (!name || !file) {
      throw new UsageError(`--function is ${one}: give a function and the file that stands in for it, such as Shop/Fraud=stub.mjs`);
    }
    return [name, file];
  }));
}

function modeOf(mode: string | undefined): PermissionMode | undefined {
  if (mode !== undefined && !isPermissionMode(mode)) {
    throw new UsageError(`--permission-mode is ${mode}: give ${PERMISSION_MODES.join(', ')}`);
  }
  return mode;
}

function endpointOf(url: string | undefined): string | undefined {
  if (url !== undefined && !/^https?:\/\/[^/]+/.test(url)) {
    throw new UsageError(`--dynamodb-endpoint is ${url}: give a URL such as http://127.0.0.1:8000`);
  }
  return url;
}
