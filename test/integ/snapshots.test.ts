import { readdirSync } from 'fs';
import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { INTEG_APPS, integApp } from '../nag/apps';
import { SnapshotTemplate, sectionIn, sectionsOf, stateMachineSections, updateSnapshot } from '../support/snapshot';

const SNAPSHOTS = join(__dirname, 'snapshots');

/** The templates of an app, by the names of their stacks. */
const templatesOf = (app: string): Map<string, SnapshotTemplate> => new Map(integApp(app).node.children
  .filter(Stack.isStack)
  .map((stack) => [stack.stackName, Template.fromStack(stack).toJSON() as SnapshotTemplate]));

describe.each(INTEG_APPS)('the app %s', (app) => {
  const file = join(SNAPSHOTS, `${app}.snap.txt`);
  let templates: Map<string, SnapshotTemplate>;

  beforeAll(() => {
    templates = templatesOf(app);
    updateSnapshot(file, sectionsOf(templates));
  });

  test('has this template: a logical id that changes replaces a user\'s resource', () => {
    for (const { heading, text } of sectionsOf(templates)) {
      expect(sectionIn(file, heading)).toBe(text);
    }
  });

  test('has these state machines', () => {
    const machines = stateMachineSections(templates);

    expect(machines.length).toBeGreaterThan(0);
    expect(machines.map(({ heading }) => sectionIn(file, heading))).toEqual(machines.map(({ text }) => text));
  });
});

test('each snapshot is that of an app', () => {
  expect(readdirSync(SNAPSHOTS).sort()).toEqual(INTEG_APPS.map((app) => `${app}.snap.txt`).sort());
});
