import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonObject } from '../../json';
import { Resource } from '../resource';

/** The folders that functions run from: an asset's own, or one made for code that stands in the template. */
export class FunctionCode {
  private readonly made: string[] = [];

  public folder(resource: Resource): string {
    const { S3Key, ZipFile } = resource.required<JsonObject>('Code');
    if (typeof ZipFile === 'string') {
      return this.makeFolder(ZipFile);
    }
    const asset = typeof S3Key === 'string' ? resource.asset(S3Key) : undefined;
    if (!asset) {
      throw resource.refuse('Code', 'is not among the assets of the cloud assembly', 'use Code.fromAsset or inline code');
    }
    if (!statSync(asset).isDirectory()) {
      throw resource.refuse('Code', `is a packed file (${asset}), and functions run from folders here`, 'give Code.fromAsset the folder');
    }
    return asset;
  }

  public close(): void {
    this.made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  }

  private makeFolder(code: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-local-'));
    this.made.push(folder);
    writeFileSync(join(folder, 'index.js'), code);
    return folder;
  }
}
