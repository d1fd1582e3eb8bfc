import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConstructMetadata, constructPaths } from './construct-paths';
import { inOrder } from './creation-order';
import { Refusal } from './refusal';
import { StackTemplate, Template } from './template';

/** Stands in for what a template leaves open: CDK writes "unknown-account" and "unknown-region". */
export const DEFAULT_ACCOUNT = '000000000000';
export const DEFAULT_REGION = 'us-east-1';

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly metadata?: ConstructMetadata;
  /** Where newer versions of the CDK put the metadata. */
  readonly additionalMetadataFile?: string;
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly file?: string;
    readonly directoryName?: string;
  };
}

interface AssetManifest {
  readonly files?: Readonly<Record<string, {
    readonly source: { readonly path?: string };
    readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
  }>>;
}

/** The stacks of a cloud assembly, each after those it depends on. */
export function readCloudAssembly(directory: string): StackTemplate[] {
  const manifest = join(directory, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new Refusal(`no cloud assembly at ${resolve(directory)}: there is no manifest.json in it; run cdk synth first`);
  }
  const { artifacts = {} } = readJson<{ artifacts?: Record<string, Artifact> }>(manifest);
  return inOrderOfDependencies(artifacts).flatMap((id) => readArtifact(directory, id, artifacts));
}

function readArtifact(directory: string, id: string, artifacts: Record<string, Artifact>): StackTemplate[] {
  const { type, properties = {}, environment, dependencies = [], metadata = {}, additionalMetadataFile } = artifacts[id];
  if (type === 'cdk:cloud-assembly') {
    return readCloudAssembly(join(directory, properties.directoryName!));
  }
  if (type !== 'aws:cloudformation:stack') {
    return [];
  }
  const [account, region] = (environment ?? '').replace('aws://', '').split('/');
  const manifests = dependencies.map((dependency) => artifacts[dependency]).filter((one) => one?.type === 'cdk:asset-manifest');
  return [{
    name: properties.stackName ?? id,
    account: known(account) ?? DEFAULT_ACCOUNT,
    region: known(region) ?? DEFAULT_REGION,
    template: readJson<Template>(join(directory, properties.templateFile!)),
    paths: constructPaths(additionalMetadataFile ? readJson(join(directory, additionalMetadataFile)) : metadata),
    assets: new Map(manifests.flatMap((one) => readAssets(directory, one.properties!.file!))),
  }];
}

function known(value: string | undefined): string | undefined {
  return value && !value.startsWith('unknown-') ? value : undefined;
}

function readAssets(directory: string, file: string): Array<[string, string]> {
  const { files = {} } = readJson<AssetManifest>(join(directory, file));
  return Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }): [string, string] => [objectKey, join(resolve(directory), source.path ?? '')]));
}

function inOrderOfDependencies(artifacts: Record<string, Artifact>): string[] {
  const dependencies = (id: string) => (artifacts[id].dependencies ?? []).filter((dependency) => artifacts[dependency]);
  return inOrder(Object.keys(artifacts), dependencies, (path) => `the stacks depend on each other: ${path.join(' -> ')}; none of them can be created first`);
}

function readJson<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new Refusal(`cannot read ${file}: ${(error as Error).message}; run cdk synth again`);
  }
}
