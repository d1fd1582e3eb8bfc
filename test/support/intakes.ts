import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { newStack } from './workflow';
import { AwaitApproval, IOrderIntake, OrderProcessingWorkflow, OrderProcessingWorkflowProps, ValidateOrder } from '../../src';

export interface TakenIn {
  readonly stack: Stack;
  readonly workflow: OrderProcessingWorkflow;
  readonly template: Template;
}

/** A workflow with intakes, of which an order may have to wait for a decision. */
export function takenIn(intakes: (stack: Stack) => IOrderIntake[], props: OrderProcessingWorkflowProps = {}, stack = newStack()): TakenIn {
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', {
    steps: [new ValidateOrder(), new AwaitApproval()], intakes: intakes(stack), ...props,
  });
  return { stack, workflow, template: Template.fromStack(stack) };
}

/** The environment of the function of the first intake. */
export function environmentOf({ template }: TakenIn): { [name: string]: any } {
  const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
  return functions.find(([id]) => /^OrdersIntakes\w+IntakeFunction[0-9A-F]{8}$/.test(id))![1].Properties.Environment.Variables;
}

/** What a function may do, by what it may do it to; its logs and traces aside. */
export function rightsOf({ template }: TakenIn, role: RegExp): { [resource: string]: string[] } {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => role.test(id));
  const statements = policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as any[]);
  const rights: { [resource: string]: string[] } = {};
  for (const { Action, Resource } of statements) {
    const actions = [Action].flat().filter((action: string) => !/^(logs|xray):/.test(action));
    for (const resource of actions.length === 0 ? [] : namesIn(Resource)) {
      rights[resource] = [...new Set([...rights[resource] ?? [], ...actions])].sort();
    }
  }
  return rights;
}

/** The logical ids without their hashes; `*` stands for itself. */
function namesIn(resource: unknown): Set<string> {
  const found = JSON.stringify(resource).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+?)(?:[0-9A-F]{8})?"|"(\*)"/g);
  return new Set([...found].map(([, id, all]) => all ?? id).filter((id) => !id.startsWith('AWS')));
}
