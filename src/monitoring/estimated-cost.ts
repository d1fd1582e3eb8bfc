import { Duration, aws_cloudwatch as cloudwatch, aws_lambda as lambda, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { functionResource } from './function-resource';
import { EstimatedPrices } from './monitoring-options';
import { OrderMetrics } from './order-metrics';
import { functionMetric, tableMetric } from './part-metrics';
import { isStandard } from './standard';
import { WatchedParts } from './watched-parts';

/** @internal */
export interface EstimatedCostProps {
  readonly stateMachine: sfn.StateMachine;
  readonly metrics: OrderMetrics;
  readonly parts: WatchedParts;
  readonly prices: EstimatedPrices;
}

type Metrics = { [id: string]: cloudwatch.IMetric };

const PERIOD = Duration.hours(1);
const MILLION = 1_000_000;
const BYTES_IN_GIGABYTE = 1_073_741_824;
const MEGABYTES_IN_GIGABYTE = 1_024;
const ARM_GIGABYTE_SECOND = 0.0000133334;
const X86_GIGABYTE_SECOND = 0.0000166667;

/**
 * The cost of the workflow in US dollars, as far as CloudWatch counts what is billed: transitions, functions and tables.
 *
 * @internal
 */
export class EstimatedCost {
  private readonly parts: WatchedParts;
  private readonly prices: EstimatedPrices;

  constructor(private readonly props: EstimatedCostProps) {
    this.parts = props.parts;
    this.prices = props.prices;
  }

  /** The state machine. */
  public get stateMachine(): cloudwatch.MathExpression {
    const { stateMachine, metrics } = this.props;
    if (isStandard(stateMachine)) {
      return dollars('Step Functions', `transitions * ${price(this.prices.millionTransitions ?? 25)} / ${MILLION}`, {
        transitions: metrics.metricStateTransitions(),
      });
    }
    const { millionExpressExecutions = 1, expressGigabyteSecond = 0.00001667 } = this.prices;
    return dollars('Step Functions', `executions * ${price(millionExpressExecutions)} / ${MILLION} `
      + `+ billedtime * billedmemory * ${price(expressGigabyteSecond)} / 1000 / ${BYTES_IN_GIGABYTE}`, {
      executions: stateMachine.metricStarted(),
      billedtime: stateMachine.metric('ExpressExecutionBilledDuration', { statistic: 'Sum' }),
      billedmemory: stateMachine.metric('ExpressExecutionBilledMemory', { statistic: 'Average' }),
    });
  }

  /** The functions of the workflow whose memory is known, and those of the team that steps invoke. */
  public get functions(): cloudwatch.MathExpression {
    const calls = new Sum('calls');
    const times = new Map<number, Sum>();
    const add = (fn: lambda.CfnFunction, invocations: cloudwatch.IMetric, duration: cloudwatch.IMetric) => {
      const perMillisecond = this.gigabytePrice(fn) * (fn.memorySize ?? 128) / MEGABYTES_IN_GIGABYTE / 1_000;
      calls.add(invocations);
      times.set(perMillisecond, (times.get(perMillisecond) ?? new Sum(`times${times.size}x`)).add(duration));
    };
    const { functions, stepFunctions } = this.parts;
    for (const fn of functions) {
      if (fn.resource) {
        add(fn.resource, functionMetric(fn, 'Invocations'), functionMetric(fn, 'Duration'));
      }
    }
    for (const [fn] of stepFunctions) {
      const resource = functionResource(fn);
      if (resource && !functions.some((watched) => watched.resource === resource)) {
        add(resource, fn.metricInvocations(), fn.metricDuration({ statistic: 'Sum' }));
      }
    }
    const perCall = price(this.prices.millionInvocations ?? 0.2);
    return dollars('Lambda', [
      `${calls.expression} * ${perCall} / ${MILLION}`,
      ...[...times].map(([perMillisecond, sum]) => `${sum.expression} * ${price(perMillisecond * MILLION)} / ${MILLION}`),
    ].join(' + '), Object.assign({}, calls.metrics, ...[...times.values()].map(({ metrics }) => metrics)));
  }

  /** The tables, billed on demand. */
  public get tables(): cloudwatch.MathExpression {
    const [writes, reads] = [new Sum('writes'), new Sum('reads')];
    for (const table of this.parts.tables) {
      writes.add(tableMetric(table, 'ConsumedWriteCapacityUnits'));
      reads.add(tableMetric(table, 'ConsumedReadCapacityUnits'));
    }
    const { millionWrites = 0.625, millionReads = 0.125 } = this.prices;
    return dollars('DynamoDB', `(${writes.expression} * ${price(millionWrites)} + ${reads.expression} * ${price(millionReads)}) / ${MILLION}`, {
      ...writes.metrics, ...reads.metrics,
    });
  }

  /** All of it for a thousand orders: one order costs too little to be shown. */
  public get perThousandOrders(): cloudwatch.MathExpression {
    return dollars('1,000 orders', '1000 * (FILL(machine, 0) + FILL(functions, 0) + FILL(tables, 0)) / orders', {
      machine: this.stateMachine, functions: this.functions, tables: this.tables, orders: this.props.metrics.metricOrdersStarted(),
    });
  }

  private gigabytePrice({ architectures }: lambda.CfnFunction): number {
    const isArm = architectures?.includes(lambda.Architecture.ARM_64.name);
    return this.prices.lambdaGigabyteSecond ?? (isArm ? ARM_GIGABYTE_SECOND : X86_GIGABYTE_SECOND);
  }
}

/** The sum of metrics, some of which may have no data. */
class Sum {
  public readonly metrics: Metrics = {};

  constructor(private readonly prefix: string) {}

  public add(metric: cloudwatch.IMetric): this {
    this.metrics[`${this.prefix}${Object.keys(this.metrics).length}`] = metric;
    return this;
  }

  public get expression(): string {
    return `FILL(SUM([${Object.keys(this.metrics).join(', ')}]), 0)`;
  }
}

function dollars(label: string, expression: string, usingMetrics: Metrics): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({ label, expression, usingMetrics, period: PERIOD });
}

/** Metric math has no exponents. */
function price(value: number): string {
  return value.toFixed(12).replace(/\.?0+$/, '');
}
