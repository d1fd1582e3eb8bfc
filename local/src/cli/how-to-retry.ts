import { LocalCloud } from '../runtime/local-cloud';
import { LocalWorkflow } from '../testkit';

/** What a person types in another terminal to go on with an order that needs attention. */
export type HowToRetry = (orderId: string, workflow: LocalWorkflow) => string;

export function howToRetry({ endpointUrl }: LocalCloud, workflows: readonly LocalWorkflow[]): HowToRetry {
  const { port } = new URL(endpointUrl);
  return (orderId, { resources }) =>
    `npx cdk-order-workflow-local retry ${orderId} --port ${port}${workflows.length > 1 ? ` --workflow ${resources.path}` : ''}`;
}
