import { LocalCloud } from '../local-cloud';
import { LocalWorkflow } from '../testkit';

/** How the CDK names the outputs by which one stack uses what another has. */
const BETWEEN_STACKS = 'ExportsOutput';

/** Where what runs is reached, and what was made in name only. */
export function welcome(cloud: LocalCloud, workflows: readonly LocalWorkflow[]): string[] {
  const entries = [
    ['AWS endpoint', cloud.endpointUrl],
    ...cloud.apis.map(({ name, protocol, url }) => [`${protocol === 'HTTP' ? 'HTTP API' : 'WebSocket API'} ${name}`, url]),
    ...workflows.flatMap(({ resources }) => [
      ['workflow', resources.machineArn],
      ['orders table', resources.ordersTable],
      ...(resources.productsTable ? [['products table', resources.productsTable]] : []),
    ]),
    ...Object.entries(cloud.outputs).filter(([name]) => !name.startsWith(BETWEEN_STACKS)),
  ];
  const width = Math.max(...entries.map(([name]) => name.length));
  return ['', ...entries.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`), ...inNameOnly(cloud), ''];
}

function inNameOnly({ stacks }: LocalCloud): string[] {
  const counts = new Map<string, number>();
  stacks.flatMap(({ withoutEffect }) => withoutEffect).forEach(({ type }) => counts.set(type, (counts.get(type) ?? 0) + 1));
  const listed = [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([type, count]) => `${count} ${type.replace(/^AWS::/, '')}`);
  return listed.length === 0 ? [] : [`  in name only: ${listed.join(', ')}`];
}
