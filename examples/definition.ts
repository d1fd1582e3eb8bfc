/** A state, as far as it says where an order goes. */
export interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: { readonly Next: string; readonly Condition?: string }[];
  readonly Catch?: { readonly Next: string }[];
  readonly Branches?: Definition[];
}

export interface Definition {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
}

export interface Template {
  readonly Resources: { readonly [id: string]: { readonly Type: string; readonly Properties?: any } };
}

/** The definitions of a template's state machines, by their logical ids. What only the deployment knows, such as an ARN, is an x. */
export function machinesIn({ Resources }: Template): Map<string, Definition> {
  const machines = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::StepFunctions::StateMachine');
  return new Map(machines.map(([id, { Properties: { DefinitionString: text } }]) =>
    [id, JSON.parse(typeof text === 'string' ? text : text['Fn::Join'][1].map((part: unknown) => typeof part === 'string' ? part : 'x').join(''))]));
}

export function definitionsIn(template: Template): Definition[] {
  return [...machinesIn(template).values()];
}

/** The machines that orders go through, without those that help them. */
export function orderMachinesIn(template: Template): Definition[] {
  return definitionsIn(template).filter(takesOrders);
}

/** Whether orders go through a machine to their completion. */
export function takesOrders({ States }: Definition): boolean {
  return 'Complete order' in States;
}

/** The states that an order enters which every step accepts. */
export function acceptedPath({ StartAt, States }: Definition): string[] {
  const path = new Set<string>();
  for (let name: string | undefined = StartAt; name && !path.has(name); name = States[name].Next ?? States[name].Choices?.[0].Next) {
    path.add(name);
  }
  return [...path];
}
