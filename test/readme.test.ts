import { readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..');

/** The TypeScript blocks of a document, as files beside it so that their imports resolve. */
function blocksOf(document: string): Map<string, string> {
  const text = readFileSync(join(ROOT, document), 'utf8');
  return new Map([...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code], index) => [join(ROOT, `${document}.${index + 1}.ts`), code]));
}

/** What the compiler has to say against files that exist only here. */
function complaints(files: Map<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    allowImportingTsExtensions: true,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    noEmit: true,
    skipLibCheck: true,
    esModuleInterop: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    types: ['node'],
    baseUrl: ROOT,
    paths: { 'cdk-order-workflow': ['src'], 'cdk-order-workflow-client': ['client/src'] },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    const code = files.get(name);
    return code === undefined ? getSourceFile(name, ...rest) : ts.createSourceFile(name, code, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start!).line + 1 : 0;
    return `${file?.fileName.slice(ROOT.length + 1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

test('the code of the README compiles', () => {
  const blocks = blocksOf('README.md');

  expect(blocks.size).toBeGreaterThan(1);
  expect(complaints(blocks)).toEqual([]);
}, 60_000);

test('the README begins with an example of at most fifteen lines', () => {
  const [first] = blocksOf('README.md').values();

  expect(first.trim().split('\n').length).toBeLessThanOrEqual(15);
});

test.each(['minimal-saga', 'rest-with-email'])('the README shows the example %s as it is', (example) => {
  const app = readFileSync(join(ROOT, 'examples', example, 'app.ts'), 'utf8');

  expect([...blocksOf('README.md').values()]).toContain(app);
});
