import { UsageError } from './usage-error';

/** Help is shown whatever else is on the command line. */
export function wantsHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}

/** What is wrong with the options, in a sentence. */
export function optionError(error: unknown): UsageError {
  return new UsageError(`${firstSentence((error as Error).message)}; --help lists the options`);
}

export function portOf(option: string, value: string | undefined): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UsageError(`${option} is ${value}: give a number from 1 to 65535`);
  }
  return port;
}

function firstSentence(text: string): string {
  const [first] = text.split(/\.\s/);
  return first[0].toLowerCase() + first.slice(1);
}
