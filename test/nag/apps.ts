import { existsSync, readdirSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';

const INTEG = join(__dirname, '..', 'integ');
const EXAMPLES = join(__dirname, '..', '..', 'examples');

type Make = (app: App) => unknown;

/** The apps of the integration tests: each file makes its stacks in the app that it is given. */
export const INTEG_APPS = readdirSync(INTEG).filter((file) => /^[\w-]+\.ts$/.test(file)).map((file) => file.slice(0, -'.ts'.length));

/** The examples that are an app, by folder. */
export const EXAMPLES_WITH_APP = readdirSync(EXAMPLES).filter((folder) => existsSync(join(EXAMPLES, folder, 'app.ts')));

export function integApp(name: string): App {
  const app = new App({ analyticsReporting: false });
  Object.values<Make>(jest.requireActual(join(INTEG, name))).forEach((make) => make(app));
  return app;
}

/** Runs an example, which makes its app itself. */
export function runExample(folder: string): void {
  jest.requireActual(join(EXAMPLES, folder, 'app'));
}
