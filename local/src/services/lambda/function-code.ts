import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { Code } from './function-settings';
import { StandIn } from './stand-ins';
import { Refusal } from '../../assembly';
import { JsonObject } from '../../json';
import { Resource } from '../resource';

const MODULES = ['.js', '.cjs', '.mjs'];

/** The code that functions run: in an asset's folder, in one made for code that stands in the template, or in the file that stands in for it. */
export class FunctionCode {
  private readonly made: string[] = [];

  /** The code of a function, or why it does not run here. */
  public of(resource: Resource): Code | { readonly missing: string } {
    const missing = whyMissing(resource);
    return missing === undefined ? this.own(resource) : { missing };
  }

  public ofFile(file: Extract<StandIn, string>, path: string): Code {
    if (!existsSync(file)) {
      throw new Refusal(`there is no file ${file} to stand in for the function ${path}`);
    }
    if (!MODULES.includes(extname(file))) {
      throw new Refusal(`${file} cannot stand in for the function ${path}: give a file with the extension ${MODULES.join(', ')}`);
    }
    return { root: dirname(resolve(file)), handler: `${basename(file)}.handler`, standsAlone: false };
  }

  public close(): void {
    this.made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  }

  private own(resource: Resource): Code | { readonly missing: string } {
    const { S3Key, ZipFile } = resource.required<JsonObject>('Code');
    const handler = resource.required<string>('Handler');
    if (typeof ZipFile === 'string') {
      return { root: this.makeFolder(ZipFile), handler, standsAlone: true };
    }
    const root = typeof S3Key === 'string' ? resource.asset(S3Key) : undefined;
    if (!root) {
      throw resource.refuse('Code', 'is not among the assets of the cloud assembly', 'use Code.fromAsset or inline code');
    }
    return statSync(root).isDirectory() ? { root, handler, standsAlone: true } : { missing: `is a packed file (${root}), and functions run from folders here` };
  }

  private makeFolder(code: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-local-'));
    this.made.push(folder);
    writeFileSync(join(folder, 'index.js'), code);
    return folder;
  }
}

function whyMissing(resource: Resource): string | undefined {
  const runtime = resource.get<string>('Runtime');
  if (!runtime?.startsWith('nodejs')) {
    return `runs on ${runtime ?? 'a container image'}, and only Node.js functions run here`;
  }
  return (resource.get<string[]>('Layers') ?? []).length > 0 ? 'has layers, which are not here' : undefined;
}
