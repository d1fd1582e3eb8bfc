import { accessSync, chmodSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Finds the database that stands in for DynamoDB. */
export function findDynoxide(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment.DYNOXIDE_BIN;
  if (chosen) {
    if (!existsSync(chosen)) {
      throw new Error(`DYNOXIDE_BIN is ${chosen}, but there is no such file; correct it, or unset it to use the installed one`);
    }
    return chosen;
  }
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  const folder = installed(name);
  if (!folder) {
    throw new Error(
      `no database: ${name} is not installed; install it with npm, set DYNOXIDE_BIN to a dynoxide binary, `
      + 'or give the endpoint of a database that speaks DynamoDB',
    );
  }
  return executable(join(folder, process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide'));
}

function installed(name: string): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** Some package managers drop the executable bit of files that are not a package's bin. */
function executable(file: string): string {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
  return file;
}
