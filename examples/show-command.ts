import { isExample } from './names';

/** The example that is to be shown; undefined if the command makes no sense. That is reported, and the exit code is 2. */
export function showCommand([example = 'quickstart', ...more]: string[]): string | undefined {
  if (example.startsWith('-') || more.length > 0) {
    console.error('write npm run show -- <name>: one example, without options; npm run examples lists them');
    process.exitCode = 2;
    return undefined;
  }
  return isExample(example) ? example : undefined;
}
