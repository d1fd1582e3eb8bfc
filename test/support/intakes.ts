import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { newStack } from './workflow';
import { AwaitApproval, IOrderIntake, OrderProcessingWorkflow, OrderProcessingWorkflowProps, ValidateOrder } from '../../src';

export interface IntakeFixture {
  readonly stack: Stack;
  readonly workflow: OrderProcessingWorkflow;
  readonly template: Template;
}

/** A workflow with intakes and a step that waits for a decision. */
export function intakeFixture(
  intakes: (stack: Stack) => IOrderIntake[], props: OrderProcessingWorkflowProps = {}, stack = newStack(),
): IntakeFixture {
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', {
    steps: [new ValidateOrder(), new AwaitApproval()], intakes: intakes(stack), ...props,
  });
  return { stack, workflow, template: Template.fromStack(stack) };
}

/** The environment of the function of the first intake. */
export function environmentOf({ template }: IntakeFixture): { [name: string]: any } {
  const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
  return functions.find(([id]) => /^OrdersIntakes[A-Za-z]+Function[0-9A-F]{8}$/.test(id))![1].Properties.Environment.Variables;
}

/** The actions that a role is allowed, by resource; without logs and traces. */
export function rightsOf({ template }: IntakeFixture, role: RegExp): { [resource: string]: string[] } {
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

/** The actions on a resource that a role is allowed by more than one statement. */
export function repeatedRights({ template }: Pick<IntakeFixture, 'template'>): string[] {
  return Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(([id, { Properties }]) => {
    const rights = (Properties.PolicyDocument.Statement as any[]).flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action: string) => [Resource].flat().map((resource) => `${id}: ${action} on ${JSON.stringify(resource)}`)));
    return rights.filter((right, index) => rights.indexOf(right) !== index);
  });
}

/** The logical ids without their hashes, and `*`. */
function namesIn(resource: unknown): Set<string> {
  const found = JSON.stringify(resource).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+?)(?:[0-9A-F]{8})?"|"(\*)"/g);
  return new Set([...found].map(([, id, all]) => all ?? id).filter((id) => !id.startsWith('AWS')));
}

/** Expects an alarm that notifies the failure topic of the first message in a queue of this name. */
export function expectAlarm({ template }: IntakeFixture, queue: RegExp): void {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  const alarm = alarms.find(({ Dimensions }) => queue.test(JSON.stringify(Dimensions)));
  expect(alarm).toMatchObject({
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Threshold: 1,
    EvaluationPeriods: 1,
    AlarmActions: [{ Ref: expect.stringMatching(/^OrdersAlertsTopic/) }],
  });
}
