import { Duration, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';

/** @internal */
export interface GraphProps {
  readonly title: string;
  readonly width: number;
  readonly metrics: cloudwatch.IMetric[];
  /** The label of the axis. */
  readonly unit: string;
  readonly period?: Duration;
  readonly stacked?: boolean;
}

const HEIGHT = 6;

/** Lines over time, from 0 upwards. @internal */
export function graph(props: GraphProps): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    title: props.title,
    width: props.width,
    height: HEIGHT,
    left: props.metrics,
    leftYAxis: { label: props.unit, min: 0, showUnits: false },
    period: props.period ?? Duration.minutes(5),
    stacked: props.stacked,
    liveData: true,
  });
}

/** One number for each metric, over the selected time range. @internal */
export function totals(title: string, width: number, metrics: cloudwatch.IMetric[]): cloudwatch.SingleValueWidget {
  return new cloudwatch.SingleValueWidget({ title, width, height: 4, metrics, setPeriodToTimeRange: true, fullPrecision: false });
}

/** A heading for the widgets below. @internal */
export function heading(markdown: string): cloudwatch.TextWidget {
  return new cloudwatch.TextWidget({ markdown, width: 24, height: 2, background: cloudwatch.TextWidgetBackground.TRANSPARENT });
}
