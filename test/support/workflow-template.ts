import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { newStack } from './workflow';
import { OrderProcessingWorkflow, OrderProcessingWorkflowProps } from '../../src';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** The template of a workflow of this kind. */
export function templateOf(
  props: (stack: Stack) => OrderProcessingWorkflowProps, more: (workflow: OrderProcessingWorkflow, stack: Stack) => void = () => undefined,
): Template {
  const stack = newStack();
  more(new OrderProcessingWorkflow(stack, 'Orders', props(stack)), stack);
  return Template.fromStack(stack);
}

/** The ids of the resources that stand in one template and not in the other. */
export function added(template: Template, without: Template): string[] {
  const known = new Set(Object.keys(without.toJSON().Resources));
  return Object.keys(template.toJSON().Resources).filter((id) => !known.has(id));
}

/** The statements of the policies whose id contains this. */
export function statements(template: Template, part: string): Statement[] {
  return Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.includes(part))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Statement[]);
}

/** What a function may do, without traces and logs, which all may write. */
export function actions(template: Template, part: string): string[] {
  const all = statements(template, part).flatMap(({ Action }) => Action).filter((action) => !/^(xray|logs):/.test(action));
  return [...new Set(all)].sort();
}
