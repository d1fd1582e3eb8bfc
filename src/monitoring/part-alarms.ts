import { Duration } from 'aws-cdk-lib';
import { AlarmProps, AlarmSet } from './alarm-set';
import { AlarmThresholds } from './monitoring-options';
import { apiMetric, functionMetric, tableMetric } from './part-metrics';
import { SummedAlarms } from './summed-alarms';
import { WatchedParts } from './watched-parts';

/**
 * The alarms of functions, tables and APIs, which sum up the metrics of all of a kind.
 *
 * @internal
 */
export class PartAlarms {
  private readonly functionErrors: SummedAlarms;
  private readonly functionThrottles: SummedAlarms;
  private readonly tableErrors: SummedAlarms;
  private readonly httpErrors: SummedAlarms;

  constructor(private readonly alarms: AlarmSet, private readonly thresholds: AlarmThresholds, private readonly period: Duration) {
    this.functionErrors = this.summed('FunctionErrors', 'Errors', {
      threshold: thresholds.functionErrors ?? 10, description: 'Functions of the workflow fail', section: 'Functions fail',
    });
    this.functionThrottles = this.summed('FunctionThrottles', 'Throttles', {
      threshold: thresholds.functionThrottles ?? 5,
      description: 'Lambda throttles functions of the workflow',
      section: 'Functions are throttled',
    });
    this.tableErrors = this.summed('TableErrors', 'Errors and throttles', {
      threshold: thresholds.tableErrors ?? 10,
      description: 'DynamoDB throttles requests to tables of the workflow, or fails',
      section: 'Tables throttle or fail',
    });
    this.httpErrors = this.summed('HttpServerErrors', '5xx responses', {
      threshold: thresholds.httpServerErrors ?? 5, description: 'HTTP intakes respond with 500 or above', section: 'HTTP intakes fail',
    });
  }

  /** Adds the parts that have come since the last time. */
  public watch(parts: WatchedParts): void {
    for (const fn of parts.functions) {
      this.functionErrors.add(fn.path, functionMetric(fn, 'Errors'));
      this.functionThrottles.add(fn.path, functionMetric(fn, 'Throttles'));
    }
    for (const table of parts.tables) {
      for (const metricName of ['ReadThrottleEvents', 'WriteThrottleEvents']) {
        this.tableErrors.add(`${table.path} ${metricName}`, tableMetric(table, metricName));
      }
      for (const Operation of table.operations) {
        this.tableErrors.add(`${table.path} ${Operation}`, tableMetric(table, 'SystemErrors', { Operation }));
      }
    }
    for (const api of parts.httpApis) {
      this.httpErrors.add(api.path, apiMetric(api, '5xx'));
    }
    if (parts.publisher) {
      this.alarms.add('PublishingDelay', {
        metric: parts.publisher.metric('IteratorAge', { statistic: 'Maximum', period: this.period }),
        threshold: (this.thresholds.publishingDelay ?? Duration.minutes(5)).toMilliseconds(),
        description: 'Changes of status are published late',
        section: 'Changes are published late',
      });
    }
  }

  private summed(id: string, label: string, props: Omit<AlarmProps, 'metric'>): SummedAlarms {
    return new SummedAlarms(this.period, label, (number, metric) => this.alarms.add(number === 1 ? id : `${id}${number}`, { ...props, metric }));
  }
}
