import { parseArgs } from 'node:util';
import { optionError, portOf } from './options';
import { UsageError } from './usage-error';

/** How to repair an order that needs attention, and where its cloud is served. */
export interface RepairCommand {
  readonly orderId: string;
  readonly action: 'retry' | 'resolved';
  readonly port: number;
  readonly workflow?: string;
  /** The role in whose name it is repaired. */
  readonly as?: string;
  readonly refunded?: boolean;
  readonly by?: string;
  readonly reason?: string;
}

const WHERE = { port: { type: 'string' }, workflow: { type: 'string' }, as: { type: 'string' } } as const;
const WHAT = { ...WHERE, refunded: { type: 'boolean' }, by: { type: 'string' }, reason: { type: 'string' } } as const;

/** The command, if it is one to repair an order. */
export function parseRepair([command, ...args]: readonly string[]): RepairCommand | undefined {
  switch (command) {
    case 'retry': return { action: 'retry', ...whichOrder(command, parsed(() => parseArgs({ args, options: WHERE, allowPositionals: true }))) };
    case 'resolve': return { action: 'resolved', ...whichOrder(command, parsed(() => parseArgs({ args, options: WHAT, allowPositionals: true }))) };
    default: return undefined;
  }
}

function whichOrder<T extends { port?: string }>(command: string, { values, positionals }: { values: T; positionals: string[] }) {
  const [orderId, ...others] = positionals;
  if (orderId === undefined || others.length > 0) {
    throw new UsageError(`${command} takes one order id, not ${positionals.length}: such as ${command} order-1 --port 4566`);
  }
  const port = portOf('--port', values.port);
  if (port === undefined) {
    throw new UsageError(`give the port of the cloud that has order ${orderId} as --port: it is the number in the line 'AWS endpoint' that the cloud printed at its start`);
  }
  return { ...values, orderId, port };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw optionError(error);
  }
}
