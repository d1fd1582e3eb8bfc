import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** A widget in the body of a dashboard. */
export interface Widget {
  readonly type: 'metric' | 'text' | 'alarm';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: any;
}

/** A metric or an expression of a widget, with the options of how it is shown. */
export interface Shown {
  readonly namespace?: string;
  readonly metricName?: string;
  /** The values of the dimensions by their names; a reference to a resource is its logical id in angle brackets. */
  readonly dimensions: Record<string, string>;
  readonly options: Record<string, any>;
}

/** The text that CloudFormation makes of a value, with logical ids in angle brackets. */
export function textOf(value: any): string {
  if (typeof value === 'string') return value;
  if (value.Ref) return `<${value.Ref}>`;
  if (value['Fn::GetAtt']) return `<${value['Fn::GetAtt'].join('.')}>`;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(textOf).join(value['Fn::Join'][0]);
  if (value['Fn::Select']) return textOf(value['Fn::Select'][1]);
  if (value['Fn::Split']) return textOf(value['Fn::Split'][1]);
  throw new Error(`unknown intrinsic function: ${JSON.stringify(value)}`);
}

/** The widgets of the only dashboard in a stack. */
export function widgetsIn(stack: Stack): Widget[] {
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  return JSON.parse(textOf(Properties.DashboardBody)).widgets;
}

export function titlesIn(stack: Stack): string[] {
  return widgetsIn(stack).map(({ properties }) => properties.title ?? properties.markdown?.split('\n')[0]);
}

export function shownBy(widget: Widget): Shown[] {
  return (widget.properties.metrics ?? []).map((metric: any[]): Shown => {
    const options = metric[metric.length - 1];
    const [namespace, metricName, ...pairs] = metric.slice(0, -1);
    const dimensions = Object.fromEntries(pairs.flatMap((name, index) => index % 2 ? [] : [[name, pairs[index + 1]]]));
    return { namespace, metricName, dimensions, options };
  });
}
