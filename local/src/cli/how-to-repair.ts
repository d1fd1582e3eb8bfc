import { LocalCloud } from '../local-cloud';
import { LocalWorkflow } from '../testkit';

/** The command that retries or closes an order that needs attention. */
export type HowToRepair = (action: 'retry' | 'resolve', orderId: string, workflow: LocalWorkflow) => string;

export function howToRepair({ endpointUrl }: LocalCloud, workflows: readonly LocalWorkflow[]): HowToRepair {
  const { port } = new URL(endpointUrl);
  return (action, orderId, { resources }) =>
    `npx cdk-order-workflow-local ${action} ${orderId} --port ${port}${workflows.length > 1 ? ` --workflow ${resources.path}` : ''}`;
}
