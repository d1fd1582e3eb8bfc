import { LocalCloud } from '../local-cloud';
import { PermissionMode } from '../services/access/permission-mode';
import { LocalWorkflow } from '../testkit';

/** How the CDK names the outputs by which one stack uses what another has: by an export, and by a weak reference. */
const BETWEEN_STACKS = /^(Exports|Publish)Output(Ref|FnGetAtt)/;

/** Where what runs is reached, and what was made in name only. */
export function welcome(cloud: LocalCloud, workflows: readonly LocalWorkflow[], as?: string): string[] {
  const entries = [
    ['AWS endpoint', cloud.endpointUrl],
    ...cloud.apis.map(({ name, protocol, url }) => [`${protocol === 'HTTP' ? 'HTTP API' : 'WebSocket API'} ${name}`, url]),
    ...workflows.flatMap(({ resources }) => [
      ['workflow', resources.machineArn],
      ['orders table', resources.ordersTable],
      ...(resources.productsTable ? [['products table', resources.productsTable]] : []),
    ]),
    ['permissions', describeMode(cloud.permissions.mode, as)],
    ...Object.entries(cloud.outputs).filter(([name]) => !BETWEEN_STACKS.test(name)),
  ];
  const width = Math.max(...entries.map(([name]) => name.length));
  return ['', ...entries.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`), ...inNameOnly(cloud), ''];
}

function describeMode(mode: PermissionMode, as: string | undefined): string {
  switch (mode) {
    case 'enforce': return `enforced for roles and services; calls from outside are ${as === undefined ? 'the account\'s, which may do everything' : `made as ${as}`}`;
    case 'warn': return 'not enforced: calls that would be denied are printed';
    case 'off': return 'not enforced';
  }
}

function inNameOnly({ stacks }: LocalCloud): string[] {
  const counts = new Map<string, number>();
  stacks.flatMap(({ withoutEffect }) => withoutEffect).forEach(({ type }) => counts.set(type, (counts.get(type) ?? 0) + 1));
  const listed = [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([type, count]) => `${count} ${type.replace(/^AWS::/, '')}`);
  return listed.length === 0 ? [] : [`  in name only: ${listed.join(', ')}`];
}
