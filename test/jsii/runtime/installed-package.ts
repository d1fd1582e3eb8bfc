import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

/** A package that the runtime can load. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** What the runtime unpacks, as every package comes to it. */
  readonly tarball: string;
}

/**
 * A package that the runtime loads from where it is installed.
 *
 * Its tarball holds only what points there, because to pack and unpack all of aws-cdk-lib takes longer than the test.
 */
export function installedPackage(directory: string, workingDirectory: string): InstalledPackage {
  const { name, version } = JSON.parse(fs.readFileSync(path.join(directory, 'package.json'), 'utf8'));
  const here = fs.mkdtempSync(path.join(workingDirectory, 'package-'));
  const contents = path.join(here, 'package');
  const tarball = path.join(here, 'package.tar');
  fs.mkdirSync(contents);
  fs.writeFileSync(path.join(contents, 'package.json'), JSON.stringify({ name, version, main: 'index.js' }));
  fs.writeFileSync(path.join(contents, 'index.js'), `module.exports = require(${JSON.stringify(directory)});\n`);
  fs.writeFileSync(path.join(contents, '.jsii'), JSON.stringify(redirect(directory)));
  execFileSync('tar', ['-cf', tarball, '-C', here, 'package']);
  return { name, version, tarball };
}

function redirect(directory: string): object {
  const compressed = path.join(directory, '.jsii.gz');
  return {
    schema: 'jsii/file-redirect',
    ...(fs.existsSync(compressed) ? { filename: compressed, compression: 'gzip' } : { filename: path.join(directory, '.jsii') }),
  };
}
