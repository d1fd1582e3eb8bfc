import { awscdk, github, javascript, JsonFile, ReleasableCommits } from 'projen';

/** The lowest aws-cdk-lib that has all we use. */
const CDK_FLOOR = '2.240.0';
/** The newest aws-cdk-lib that the tests also run against. */
const CDK_NEWEST = '2.276.0';
const AWS_SDK = '^3.1162.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-order-workflow',
  description:
    'An order saga on AWS Step Functions as a CDK construct: pluggable steps, compensation of every failure, live status, alerts.',
  author: 'The cdk-order-workflow authors',
  authorAddress: 'cdk-order-workflow@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-order-workflow/cdk-order-workflow.git',
  license: 'Apache-2.0',
  keywords: ['awscdk', 'step-functions', 'saga', 'orders', 'dynamodb', 'websocket'],
  stability: 'experimental',

  cdkVersion: CDK_FLOOR,
  constructsVersion: '10.5.0',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~5.9.3',
  minNodeVersion: '22.0.0',
  packageManager: javascript.NodePackageManager.NPM,
  defaultReleaseBranch: 'main',
  majorVersion: 0,
  releasableCommits: ReleasableCommits.featuresAndFixes(),
  projenrcTs: true,
  sampleCode: false,
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  singletonLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  integrationTestAutoDiscover: false,

  publishToPypi: { distName: 'cdk-order-workflow', module: 'cdk_order_workflow', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdkorderworkflow',
    mavenGroupId: 'io.github.cdkorderworkflow',
    mavenArtifactId: 'cdk-order-workflow',
    mavenServerId: 'central-ossrh',
  },
  publishToNuget: { dotNetNamespace: 'CdkOrderWorkflow', packageId: 'CdkOrderWorkflow', trustedPublishing: true },
  publishToGo: { moduleName: 'github.com/cdk-order-workflow/cdk-order-workflow-go' },
  npmTrustedPublishing: true,

  devDeps: [
    'node@^24.9.0',
    '@aws-lambda-powertools/idempotency@^2.35.0',
    '@jsii/runtime@^1.140.0',
    '@jsii/spec@^1.140.0',
    `aws-cdk-lib-newest@npm:aws-cdk-lib@${CDK_NEWEST}`,
    // A fresh install leaves this one out of the folder of the newest CDK, which then meets that of the floor.
    'cloud-assembly-schema-newest@npm:@aws-cdk/cloud-assembly-schema@55.6.0',
    'asl-validator@^4.0.0',
    'cdk-nag@^3.0.2',
    'esbuild@^0.28.2',
    'fast-check@^4.10.2',
    'jsonata@2.0.6',
    'valibot@^1.5.0',
    '@valibot/to-json-schema@^1.8.0',
    'ajv@^8.20.0',
    `@aws-sdk/client-apigatewaymanagementapi@${AWS_SDK}`,
    `@aws-sdk/client-dynamodb@${AWS_SDK}`,
    `@aws-sdk/client-eventbridge@${AWS_SDK}`,
    `@aws-sdk/client-secrets-manager@${AWS_SDK}`,
    `@aws-sdk/client-sesv2@${AWS_SDK}`,
    `@aws-sdk/client-sfn@${AWS_SDK}`,
    `@aws-sdk/client-sns@${AWS_SDK}`,
    `@aws-sdk/client-sqs@${AWS_SDK}`,
    `@aws-sdk/lib-dynamodb@${AWS_SDK}`,
    '@aws-sdk/util-dynamodb@^3.996.9',
    '@types/aws-lambda',
  ],
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    compilerOptions: { skipLibCheck: true, esModuleInterop: true },
    include: ['**/*.ts', '.projenrc.ts'],
    exclude: ['node_modules', 'lib', 'local', 'client', 'examples', 'cdk.out', 'assets'],
  },
  eslintOptions: {
    projectService: false,
    tsconfigPath: './tsconfig.dev.json',
    dirs: ['src', 'lambda-src'],
    devdirs: ['test', 'bench', 'projenrc'],
  },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    configFilePath: 'jest.config.json',
    jestConfig: {
      roots: ['<rootDir>/test'],
      // A machine that is busy must not fail a test that is right.
      testTimeout: 60_000,
      collectCoverage: false,
      // The default leaves one core free, which of two is half of them.
      maxWorkers: '100%',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      collectCoverageFrom: ['src/**/*.ts', 'lambda-src/**/*.ts'],
      // V8's own way works through every source again after every suite, which doubles the time.
      coverageProvider: 'babel',
      coverageThreshold: { lines: 95, branches: 90 },
      watchPathIgnorePatterns: ['/node_modules/', '/assets/', '/lib/'],
    },
  },
  gitignore: ['.DS_Store', 'cdk.out', '/assets/', '/local/lib/', '/local/coverage/', '/.cfn-lint/', '/client/lib/'],
});

// The examples import the library by its name, as a user does.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './order-status-changed.schema.json': './lambda-src/status-feed/order-status-changed.schema.json',
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
});
// Only what a consumer's synth needs is packed, and what an alarm refers to.
project.package.addField('files', [
  'lib', 'assets', '.jsii', '.warnings.jsii.js', 'lambda-src/status-feed/order-status-changed.schema.json', 'API.md', 'docs',
]);
project.package.addField('workspaces', ['local', 'client']);
project.package.addField('allowScripts', { 'node': true, 'esbuild': true, '@parcel/watcher': false });
project.package.addField('overrides', {
  // The tests run the runtime's bundle, which brings its kernel along; registries lack the package that it names besides.
  '@jsii/kernel': 'npm:@jsii/spec@^1.140.0',
  // It wants a newer CDK than the floor, and meets it: it runs with the newest alone.
  'cdk-nag': { 'aws-cdk-lib': '$aws-cdk-lib', 'constructs': '$constructs' },
});

const RUN = 'ts-node --transpile-only --project tsconfig.dev.json';

// Lambda handlers are bundled when the library is built, so that a consumer's synth needs no bundler.
project.bundler.bundleTask.exec(`${RUN} projenrc/bundle-handlers.ts`);

// ts-jest only transpiles: the compiler checks all of it once, in a step of its own.
project.jest!.config.transform = { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json' }] };
project.jest!.config.testMatch = ['<rootDir>/test/**/*.test.ts'];
// The tests of the examples, which import the library by its name, look at what is in src.
project.jest!.config.moduleNameMapper = { '^cdk-order-workflow$': '<rootDir>/src' };
// What checks the apps wants the newest CDK.
project.jest!.addIgnorePattern('/test/nag/');

project.compileTask.reset('jsii --fail-on-warnings');

// Handlers are bundled, so what they import is needed at build time only.
project.eslint!.allowDevDeps('lambda-src/**');
// The local cloud, the client and the examples are read by the same rules; each is a program of its own.
for (const part of ['local/src', 'local/test', 'client/src', 'client/test', 'examples']) {
  project.eslint!.addLintPattern(part);
}
project.eslint!.config.parserOptions.project = ['./tsconfig.dev.json', './local/tsconfig.test.json', './client/tsconfig.test.json', './examples/tsconfig.json'];
project.eslint!.addIgnorePattern('cdk.out');
// The packages of this repository are found by their names only when they are built, and what their tests need is the root's.
project.eslint!.addOverride({
  files: ['local/test/**', 'client/test/**', 'examples/**'],
  rules: { 'import/no-unresolved': 'off', 'import/no-extraneous-dependencies': 'off', 'import/order': 'off' },
});
// What the local cloud does without a caller goes through its background work: `void` would leave it to itself.
project.eslint!.addOverride({
  files: ['local/src/**'],
  rules: { '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }] },
});
// What node:test answers is for those who run tests inside of tests.
project.eslint!.addOverride({ files: ['client/test/**'], rules: { '@typescript-eslint/no-floating-promises': 'off' } });

// The validation of aws-cdk-lib takes most of a synth; one test turns it on again.
project.testTask.env('CDK_VALIDATION', 'false');
project.addTask('type-check', {
  description: 'Checks the types of all TypeScript, tests and examples included',
  steps: [{ exec: 'tsc --project tsconfig.dev.json --noEmit' }, { exec: 'tsc --project examples' }],
});
const testClient = project.addTask('test:client', {
  description: 'Tests the browser client',
  exec: 'npm test --workspace client',
});
const testLocal = project.addTask('test:local', {
  description: 'Tests the local cloud',
  exec: 'npm test --workspace local',
});
// Snapshots are texts of our own, one for each app, with its logical ids first.
project.tasks.tryFind('test:update')!.reset('jest test/integ test/examples/snapshots.test.ts', { receiveArgs: true });
project.tasks.tryFind('test:update')!.env('UPDATE_SNAPSHOTS', 'true');
project.tasks.tryFind('test:update')!.env('CDK_VALIDATION', 'false');
// What differs there is what templates hold besides states and alarms: whole workflows are synthesized and each kind of part is.
new JsonFile(project, 'test/newest/jest.config.json', {
  obj: {
    rootDir: '../..',
    roots: project.jest!.config.roots,
    testTimeout: project.jest!.config.testTimeout,
    maxWorkers: project.jest!.config.maxWorkers,
    testMatch: project.jest!.config.testMatch,
    testPathIgnorePatterns: [
      '/node_modules/', '/test/lambda-src/', '/test/jsii/', '/test/limits', '/test/readme', '/test/docs', '/test/mutate/', '/test/contract/', '/test/words/',
      '/test/deploy/', '/test/examples/', '/test/monitoring/', '/test/saga/', '/test/steps/', '/test/rights',
    ],
    transform: project.jest!.config.transform,
    moduleNameMapper: {
      '^aws-cdk-lib$': 'aws-cdk-lib-newest',
      '^aws-cdk-lib/(.*)$': 'aws-cdk-lib-newest/$1',
      '^@aws-cdk/cloud-assembly-schema(/.*)?$': 'cloud-assembly-schema-newest$1',
      '^cdk-order-workflow$': '<rootDir>/src',
    },
  },
});
const WITH_NEWEST = "jest --config test/newest/jest.config.json --ci --testNamePattern '^(?!.*has this template)'";
const testNewest = project.addTask('test:newest', {
  description: 'Tests whole workflows with the newest CDK',
  env: { CDK_VALIDATION: 'false' },
  steps: [{ exec: `${WITH_NEWEST} test/integ test/nag test/notifiers test/order-processing-workflow test/tables`, receiveArgs: true }],
});
project.bundler.bundleTask.spawn(project.addTask('openapi', {
  description: 'Writes the description of the HTTP API',
  exec: `${RUN} lambda-src/intake/write-openapi.ts assets/openapi.json`,
}));
const show = project.addTask('show', {
  description: 'Synthesizes an example and prints its resources and its states',
  steps: [{ exec: `${RUN} examples/show.ts`, receiveArgs: true }],
});
show.prependSpawn(project.compileTask);
show.prependSpawn(project.bundler.bundleTask);
show.prependExec(`${RUN} examples/check-show.ts`, { receiveArgs: true });

const buildLocal = project.addTask('build:local', {
  description: 'Copies the contract into the local cloud and compiles it',
  steps: [{ exec: `${RUN} projenrc/copy-contract.ts` }, { exec: 'npm run build --workspace local' }],
});
const demo = project.addTask('demo', {
  description: 'Runs an example in the local cloud with a few orders, and keeps serving; with --once it ends',
  steps: [{ exec: `${RUN} examples/run.ts`, receiveArgs: true }],
});
demo.prependSpawn(buildLocal);
demo.prependSpawn(project.compileTask);
demo.prependSpawn(project.bundler.bundleTask);
demo.prependExec(`${RUN} examples/check-demo.ts`, { receiveArgs: true });
const graphs = project.addTask('graphs', {
  description: 'Draws the state machine of each example into its README',
  steps: [{ exec: `${RUN} examples/write-graphs.ts`, receiveArgs: true }],
});
graphs.prependSpawn(project.compileTask);
graphs.prependSpawn(project.bundler.bundleTask);
const nightly = project.addTask('nightly', {
  description: 'Measures the coverage, runs all tests of constructs with the newest CDK, compiles 300 random lists of steps, closes 200 local clouds under load, and repeats random orders 100 times',
  env: { DRAWN_LISTS: '300', CLOSED_CLOUDS: '200', REPEATED_RUNS: '100', CDK_VALIDATION: 'false' },
  steps: [{ exec: 'jest --coverage --ci' }, { exec: WITH_NEWEST }, { exec: 'npm test --workspace local -- closing saga/repeatable' }],
});
nightly.prependSpawn(buildLocal);
nightly.prependSpawn(project.compileTask);
nightly.prependSpawn(project.bundler.bundleTask);
const nightlyWorkflow = project.github!.addWorkflow('nightly');
nightlyWorkflow.on({ schedule: [{ cron: '0 3 * * *' }], workflowDispatch: {} });
nightlyWorkflow.addJob('nightly', {
  runsOn: ['ubuntu-latest'],
  permissions: { contents: github.workflows.JobPermission.READ },
  env: { CI: 'true' },
  steps: [
    github.WorkflowSteps.checkout(),
    ...project.renderWorkflowSetup({ mutable: false }),
    { name: 'nightly', run: project.runTaskCommand(nightly) },
  ],
});
project.addTask('examples', {
  description: 'Lists the examples',
  exec: `${RUN} examples/list.ts`,
});

project.addTask('mutate', {
  description: 'Leaves out each clause and option of each write of an order\'s row in turn, and prints which case misses it',
  steps: [{ exec: 'jest --config test/mutate/jest.config.json --ci', receiveArgs: true }],
});
new JsonFile(project, 'test/mutate/jest.config.json', {
  obj: {
    rootDir: '../..',
    roots: ['<rootDir>/test/mutate'],
    testMatch: ['<rootDir>/test/mutate/**/*.test.ts'],
    transform: project.jest!.config.transform,
  },
});
project.jest!.addIgnorePattern('/test/mutate/');

const bench = project.addTask('bench', {
  description: 'Prints how long a synth takes, and how large what it makes is',
  env: { CDK_VALIDATION: 'false' },
  exec: `${RUN} bench/run.ts`,
});
bench.prependSpawn(project.compileTask);
bench.prependSpawn(project.bundler.bundleTask);

// The release builds the NuGet package where .NET is installed. Elsewhere its code is generated, so that all languages are tried.
const dotnetCode = project.addTask('package:dotnet-code', {
  description: 'Generates the C# code, for a machine without .NET',
  exec: 'jsii-pacmak -v --target dotnet --code-only',
});
const packageAll = project.tasks.tryFind('package-all')!;
packageAll.reset();
for (const language of ['js', 'python', 'java', 'go']) {
  packageAll.spawn(project.tasks.tryFind(`package:${language}`)!);
}
packageAll.spawn(project.tasks.tryFind('package:dotnet')!, { condition: 'dotnet --version' });
packageAll.spawn(dotnetCode, { condition: '! dotnet --version' });

// Each of the two keeps one core busy.
const lint = project.addTask('lint', {
  description: 'Runs eslint, and checks the types beside it',
  exec: "bash -c 'npx projen type-check & npx projen eslint; linted=$?; wait $! && exit $linted'",
});
project.testTask.reset('jest --passWithNoTests --ci', { receiveArgs: true });
project.testTask.prependSpawn(project.compileTask);
project.testTask.prependSpawn(project.bundler.bundleTask);
project.testTask.spawn(lint);
project.testTask.spawn(testNewest);
project.testTask.spawn(testClient);
project.testTask.spawn(testLocal);

project.synth();
