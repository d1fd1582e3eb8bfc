import { readFileSync } from 'fs';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import * as ts from 'typescript';
import * as library from '../../src';

const ROOT = join(__dirname, '..', '..');

/** Where the names come from that a block uses without saying so, as a reader knows them. */
const MODULES: { [name: string]: object } = {
  'cdk-order-workflow': library,
  'aws-cdk-lib': cdk,
  'aws-cdk-lib/aws-apigatewayv2-authorizers': cdk.aws_apigatewayv2_authorizers,
  'aws-cdk-lib/aws-cloudwatch': cdk.aws_cloudwatch,
  'aws-cdk-lib/aws-iam': cdk.aws_iam,
  'aws-cdk-lib/aws-secretsmanager': cdk.aws_secretsmanager,
};

/** What stands for something that a reader has. */
const GIVEN: { [name: string]: string } = {
  workflow: "import('cdk-order-workflow').OrderProcessingWorkflow",
  orders: "import('cdk-order-workflow').OrderProcessingWorkflow",
  authorizer: "import('aws-cdk-lib').aws_apigatewayv2.IHttpRouteAuthorizer",
  users: "import('aws-cdk-lib').aws_lambda.IFunction",
  fn: "import('aws-cdk-lib').aws_lambda.IFunction",
  queue: "import('aws-cdk-lib').aws_sqs.IQueue",
  shipping: "import('aws-cdk-lib').aws_sqs.IQueue",
  topic: "import('aws-cdk-lib').aws_sns.ITopic",
};

/** The TypeScript blocks of a document, as files beside it so that their imports resolve. */
export function blocksOf(document: string): Map<string, string> {
  const text = readFileSync(join(ROOT, document), 'utf8');
  return new Map([...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code], index) => [join(ROOT, `${document}.${index + 1}.ts`), whole(code)]));
}

/** What the compiler has to say against files that exist only here. */
export function complaints(files: Map<string, string>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    allowImportingTsExtensions: true,
    allowUnusedLabels: true,
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

/** A block that says where its names come from stands for itself. Any other is a part of a stack. */
function whole(code: string): string {
  if (/^import /m.test(code)) {
    return code;
  }
  const names = new Set(code.match(/\b[A-Za-z]\w*\b/g));
  const own = new Set([...code.matchAll(/\bconst (\w+)/g)].map(([, name]) => name));
  const imports = Object.entries(MODULES).map(([module, exported]) => {
    const used = Object.keys(exported).filter((name) => /^[A-Z]/.test(name) && names.delete(name));
    return used.length > 0 ? `import { ${used.join(', ')} } from '${module}';` : '';
  });
  const given = Object.entries(GIVEN).filter(([name]) => names.has(name) && !own.has(name)).map(([name, type]) => `declare const ${name}: ${type};`);
  const targets = names.has('targets') ? ["import * as targets from 'aws-cdk-lib/aws-events-targets';"] : [];
  return [...imports, ...targets, ...given, `(function (this: import('aws-cdk-lib').Stack) {\n${code}\n});`].join(' ');
}
