import { Stack } from 'aws-cdk-lib';
import { INTEG_APPS, integApp } from '../../../test/nag/apps';
import { LocalCloud } from '../../src';

test.each(INTEG_APPS)('the app %s of test/integ is created with permissions enforced', async (name) => {
  const stacks = integApp(name).node.children.filter(Stack.isStack);
  const warnings: string[] = [];

  const cloud = await LocalCloud.fromStack(stacks[stacks.length - 1], {
    onWarning: (message) => warnings.push(message),
    onDenied: ({ advice }) => warnings.push(advice),
  });

  expect(warnings).toEqual([]);
  expect(cloud.permissions.mode).toBe('enforce');
  await cloud.close();
});
