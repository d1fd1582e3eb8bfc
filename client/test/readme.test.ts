import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const client = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${client}README.md`, 'utf8');
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!);

test('the README shows the feed in ten lines of code', () => {
  const lines = examples[0]!.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('import'));
  assert.ok(lines.length <= 10, `${lines.length} lines`);
});

test('every example of the README compiles', () => {
  const files = new Map(examples.map((code, index) => [`${client}test/readme-example-${index}.ts`, code]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    types: [],
    paths: { 'cdk-order-workflow-client': [`${client}src/index.ts`] },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version, ...rest) => {
    const code = files.get(name);
    return code === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, code, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  assert.equal(ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), host), '');
});
