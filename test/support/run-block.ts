import * as cdk from 'aws-cdk-lib';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ts from 'typescript';
import { userFunction } from './workflow';
import * as library from '../../src';

/** What stands for the names that a reader has. */
const GIVEN: { readonly [name: string]: (stack: cdk.Stack) => unknown } = {
  stack: (stack) => stack,
  workflow: (stack) => new library.OrderProcessingWorkflow(stack, 'Given'),
  orders: (stack) => new library.OrderProcessingWorkflow(stack, 'Given'),
  authorizer: () => new HttpJwtAuthorizer('Customers', 'https://issuer.example', { jwtAudience: ['orders'] }),
  operators: (stack) => new iam.Role(stack, 'Operators', { assumedBy: new iam.AccountRootPrincipal() }),
  users: (stack) => userFunction(stack, 'Users'),
  checkFraud: (stack) => userFunction(stack, 'CheckFraud'),
  fn: (stack) => userFunction(stack, 'Score'),
  queue: (stack) => new sqs.Queue(stack, 'Queue'),
  shipping: (stack) => new sqs.Queue(stack, 'Shipping'),
  topic: (stack) => new sns.Topic(stack, 'Topic'),
};

/** Runs a block of a document, as `blocksOf` returns it, and returns the apps that it makes or adds to. */
export function runBlock(code: string): cdk.App[] {
  const apps: cdk.App[] = [];
  class NotedApp extends cdk.App {
    constructor(props?: cdk.AppProps) {
      super({ analyticsReporting: false, autoSynth: false, ...props });
      apps.push(this);
    }
  }
  const modules: { readonly [name: string]: object } = {
    'cdk-order-workflow': library,
    'aws-cdk-lib': Object.create(cdk, { App: { value: NotedApp } }),
  };
  const needed = Object.keys(GIVEN).filter((name) => new RegExp(`declare const ${name}:`).test(code));
  const isPart = code.includes('(function (this: ');
  const stack = isPart || needed.length > 0 ? new cdk.Stack(new NotedApp(), 'Shop') : undefined;
  const { outputText } = ts.transpileModule(code.replace('(function (this: ', 'exports.add = (function (this: '), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const exported: { add?: (this: cdk.Stack) => void } = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-require-imports -- the code is that of our own documents
  new Function('require', 'exports', ...needed, outputText)((name: string) => modules[name] ?? require(name), exported, ...needed.map((name) => GIVEN[name](stack!)));
  exported.add?.call(stack!);
  return apps;
}
