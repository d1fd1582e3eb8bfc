import { CfnRule } from 'aws-cdk-lib/aws-events';
import { StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { OrderProcessingWorkflow } from '../../../src';

/** Step Functions delivers events of executions on a best-effort basis: sometimes not at all. EXPRESS executions have none. */
export function withoutEvents(workflow: OrderProcessingWorkflow): void {
  if (workflow.stateMachineType === StateMachineType.STANDARD) {
    const rule = workflow.recovery.node.findChild('OrderSweeper').node.findChild('Interruptions').node.defaultChild as CfnRule;
    rule.state = 'DISABLED';
  }
}
