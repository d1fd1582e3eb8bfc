import { Duration, aws_cloudwatch as cloudwatch, aws_lambda as lambda } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { EstimatedPrices } from './monitoring-options';
import { functionMetric, tableMetric } from './part-metrics';
import { isStandard } from './standard';
import { WorkflowParts } from './workflow-parts';
import { OrderProcessingWorkflow } from '../order-processing-workflow';

type Metrics = { [id: string]: cloudwatch.IMetric };

const PERIOD = Duration.hours(1);
const MILLION = 1_000_000;
const BYTES_IN_GIGABYTE = 1_073_741_824;
const MEGABYTES_IN_GIGABYTE = 1_024;
const ARM_GIGABYTE_SECOND = 0.0000133334;
const X86_GIGABYTE_SECOND = 0.0000166667;

/**
 * What the workflow costs, in US dollars, as far as CloudWatch counts what is paid for: transitions, functions and tables.
 *
 * @internal
 */
export class EstimatedCost {
  constructor(
    private readonly workflow: OrderProcessingWorkflow, private readonly parts: WorkflowParts, private readonly prices: EstimatedPrices,
  ) {}

  /** The state machine. */
  public get stateMachine(): cloudwatch.MathExpression {
    const { stateMachine } = this.workflow;
    if (isStandard(this.workflow)) {
      return dollars('Step Functions', `transitions * ${price(this.prices.millionTransitions ?? 25)} / ${MILLION}`, {
        transitions: this.workflow.metricStateTransitions(),
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

  /** The functions: those of the workflow, and those of the team behind steps, if their memory is known. */
  public get functions(): cloudwatch.MathExpression {
    const calls = new Sum('calls');
    const times = new Map<number, Sum>();
    const add = (fn: lambda.CfnFunction, invocations: cloudwatch.IMetric, duration: cloudwatch.IMetric) => {
      const perMillisecond = this.gigabytePrice(fn) * (fn.memorySize ?? 128) / MEGABYTES_IN_GIGABYTE / 1_000;
      calls.add(invocations);
      times.set(perMillisecond, (times.get(perMillisecond) ?? new Sum(`times${times.size}x`)).add(duration));
    };
    const ours = this.parts.functions;
    ours.forEach((fn) => add(fn.part, functionMetric(fn, 'Invocations'), functionMetric(fn, 'Duration')));
    for (const { part } of this.parts.stepFunctions) {
      const resource = functionResource(part);
      if (resource && !ours.some((fn) => fn.part === resource)) {
        add(resource, part.metricInvocations(), part.metricDuration({ statistic: 'Sum' }));
      }
    }
    const perCall = price(this.prices.millionInvocations ?? 0.2);
    return dollars('Lambda', [
      `${calls.expression} * ${perCall} / ${MILLION}`,
      ...[...times].map(([perMillisecond, sum]) => `${sum.expression} * ${price(perMillisecond * MILLION)} / ${MILLION}`),
    ].join(' + '), Object.assign({}, calls.metrics, ...[...times.values()].map(({ metrics }) => metrics)));
  }

  /** The tables, paid by use. */
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

  /** All of these for a thousand orders: one order costs too little to be shown. */
  public get perThousandOrders(): cloudwatch.MathExpression {
    return dollars('1,000 orders', '1000 * (FILL(machine, 0) + FILL(functions, 0) + FILL(tables, 0)) / orders', {
      machine: this.stateMachine, functions: this.functions, tables: this.tables, orders: this.workflow.metricOrdersStarted(),
    });
  }

  private gigabytePrice({ architectures }: lambda.CfnFunction): number {
    const isArm = architectures?.includes(lambda.Architecture.ARM_64.name);
    return this.prices.lambdaGigabyteSecond ?? (isArm ? ARM_GIGABYTE_SECOND : X86_GIGABYTE_SECOND);
  }
}

/** Metrics that are added up, whether or not each of them has something at a time. */
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

/** Metric math knows no exponents. */
function price(value: number): string {
  return value.toFixed(12).replace(/\.?0+$/, '');
}

/** An alias or version runs what its function is; an imported function does not tell its memory. */
function functionResource(fn: lambda.IFunction): lambda.CfnFunction | undefined {
  const { lambda: behind } = fn as { lambda?: lambda.IFunction };
  const resource: IConstruct | undefined = behind ? functionResource(behind) : fn.node.defaultChild;
  return resource && 'memorySize' in resource ? resource as lambda.CfnFunction : undefined;
}
