import { CfnRule } from 'aws-cdk-lib/aws-events';
import { OrderProcessingWorkflow } from '../../../src';

/** Step Functions delivers events of executions on a best-effort basis: sometimes not at all. */
export function withoutEvents(workflow: OrderProcessingWorkflow): void {
  const rule = workflow.recovery.node.findChild('OrderSweeper').node.tryFindChild('Interruptions')?.node.defaultChild as CfnRule | undefined;
  if (rule) {
    rule.state = 'DISABLED';
  }
}
