import { Duration, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { EstimatedCost } from '../estimated-cost';
import { graph, heading, totals } from '../widgets';

/** What orders cost. @internal */
export function costSection(cost: EstimatedCost): cloudwatch.IWidget[][] {
  return [
    [heading('## Estimated cost\nUS dollars, from transitions, functions and tables at the prices of the prop `monitoring.prices`; not the bill.')],
    [
      totals('Estimated cost', 8, [cost.perThousandOrders]),
      graph({
        title: 'Estimated cost per hour',
        width: 16,
        unit: 'US dollars',
        stacked: true,
        period: Duration.hours(1),
        metrics: [cost.stateMachine, cost.functions, cost.tables],
      }),
    ],
  ];
}
