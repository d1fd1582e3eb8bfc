import { readdirSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { blocksOf } from './code-blocks';
import { runBlock } from './run-block';
import { EXAMPLES } from '../../examples/names';
import { templatesOf } from '../../examples/synth';
import { INTEG_APPS, integApp } from '../nag/apps';

const DOCS = join(__dirname, '..', '..', 'docs');

export interface Resource {
  readonly Type: string;
  readonly Properties?: any;
}

export interface DeployedTemplate {
  /** Where it comes from: an app, an example or a block of a document, and the stack. */
  readonly name: string;
  readonly template: { readonly Resources: { readonly [id: string]: Resource } };
}

/** The templates of the apps of the tests and of the examples. */
export function templatesOfApps(): DeployedTemplate[] {
  return [
    ...INTEG_APPS.flatMap((app) => templatesIn(`integ-${app}`, integApp(app))),
    ...EXAMPLES.flatMap((example) => [...templatesOf(example)].map(([stack, template]) => ({ name: `example-${example}-${stack}`, template }))),
  ] as DeployedTemplate[];
}

/** The templates of all that a reader may deploy: those of the apps, and those of the code of the documents. */
export function allTemplates(): DeployedTemplate[] {
  const documents = ['README.md', ...readdirSync(DOCS).filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`)];
  return [
    ...templatesOfApps(),
    ...documents.flatMap((document) => [...blocksOf(document).values()]
      // The client runs in a browser.
      .filter((code) => !code.includes('cdk-order-workflow-client'))
      .flatMap((code, index) => runBlock(code).flatMap((app) => templatesIn(`${document.replace(/\W/g, '-')}-${index + 1}`, app)))),
  ];
}

function templatesIn(name: string, app: App): DeployedTemplate[] {
  return app.node.children.filter(Stack.isStack).map((stack) => ({
    name: `${name}-${stack.stackName}`, template: Template.fromStack(stack).toJSON() as DeployedTemplate['template'],
  }));
}
