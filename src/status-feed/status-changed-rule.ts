import { aws_events as events } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { OrderStatusChanged } from './order-status-changed';
import { OnStatusChangedOptions } from '../order-workflow';

/** A rule on the bus of a workflow for its changes of status. @internal */
export function statusChangedRule(
  scope: Construct, id: string, { eventBus, workflowName }: { readonly eventBus: events.IEventBus; readonly workflowName: string },
  options: OnStatusChangedOptions,
): events.Rule {
  return new events.Rule(scope, id, {
    eventBus,
    description: options.description,
    eventPattern: OrderStatusChanged.pattern(workflowName, options.statuses),
    targets: options.target && [options.target],
  });
}
