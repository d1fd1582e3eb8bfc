import { Duration, Lazy, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';

/** The most metrics that CloudWatch accepts for an alarm. */
const METRICS_OF_AN_ALARM = 10;

/**
 * Alarms on the sum of metrics, to which more can be added: one alarm for every ten of them.
 *
 * An alarm for each function would cost more than it is worth: the dashboard shows which function it is.
 *
 * @internal
 */
export class SummedAlarms {
  private readonly groups: cloudwatch.Metric[][] = [];
  private readonly known = new Set<string>();

  constructor(
    private readonly period: Duration,
    private readonly label: string,
    private readonly makeAlarm: (number: number, metric: cloudwatch.IMetric) => cloudwatch.Alarm | undefined,
  ) {}

  /** Adds a metric, unless it was added before. */
  public add(key: string, metric: cloudwatch.Metric): void {
    if (this.known.has(key)) {
      return;
    }
    this.known.add(key);
    const last = this.groups[this.groups.length - 1];
    if (last && last.length < METRICS_OF_AN_ALARM) {
      last.push(metric);
      return;
    }
    this.open([metric]);
  }

  private open(group: cloudwatch.Metric[]): void {
    this.groups.push(group);
    const sum = new cloudwatch.MathExpression({ expression: 'SUM(METRICS())', usingMetrics: { m1: group[0] }, label: this.label, period: this.period });
    const alarm = this.makeAlarm(this.groups.length, sum);
    if (!alarm) {
      return;
    }
    // Metrics that are added later belong to the alarm too.
    (alarm.node.defaultChild as cloudwatch.CfnAlarm).metrics = Lazy.any({ produce: () => this.queries(group) });
  }

  private queries(group: cloudwatch.Metric[]): cloudwatch.CfnAlarm.MetricDataQueryProperty[] {
    return [
      { id: 'sum', expression: 'SUM(METRICS())', label: this.label, returnData: true },
      ...group.map(({ namespace, metricName, dimensions = {}, statistic }, index) => ({
        id: `m${index + 1}`,
        metricStat: {
          metric: { namespace, metricName, dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })) },
          period: this.period.toSeconds(),
          stat: statistic,
        },
        returnData: false,
      })),
    ];
  }
}
