import { Stack } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';

export interface AslState {
  readonly Type: string;
  readonly QueryLanguage?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly End?: boolean;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly Arguments?: any;
  readonly Output?: any;
  readonly Assign?: any;
  readonly Retry?: any[];
  readonly Catch?: (AslTransition & { ErrorEquals: string[] })[];
  readonly Choices?: (AslTransition & { Condition?: string })[];
  readonly Branches?: AslDefinition[];
}

export interface AslTransition {
  readonly Next: string;
  readonly Assign?: any;
  readonly Output?: any;
}

export interface AslDefinition {
  readonly StartAt: string;
  readonly QueryLanguage?: string;
  readonly States: { [name: string]: AslState };
}

/** What a state machine is defined as, with references as ARNs that look like real ones. */
export function definitionOf(stateMachine: sfn.IStateMachine): AslDefinition {
  const { definitionString } = stateMachine.node.defaultChild as sfn.CfnStateMachine;
  const text = Stack.of(stateMachine).resolve(definitionString);
  return JSON.parse(typeof text === 'string' ? text : text['Fn::Join'][1].map(resolved).join(''));
}

function resolved(part: any): string {
  if (typeof part === 'string') {
    return part;
  }
  const [id] = part['Fn::GetAtt'] ?? [part.Ref];
  return id === 'AWS::Partition' ? 'aws' : part['Fn::GetAtt'] ? `arn:aws:lambda:us-east-1:111111111111:function:${id}` : id;
}

/** All states, those inside of branches too. */
export function allStates(definition: AslDefinition): [name: string, state: AslState][] {
  return Object.entries(definition.States).flatMap(([name, state]) =>
    [[name, state] as [string, AslState], ...(state.Branches ?? []).flatMap(allStates)]);
}

/** Where a state can lead to, and what each way assigns before. */
export function waysOut(state: AslState): AslTransition[] {
  return [
    ...(state.Next ? [{ Next: state.Next, Assign: state.Assign }] : []),
    ...(state.Default ? [{ Next: state.Default, Assign: state.Assign }] : []),
    ...(state.Choices ?? []),
    ...(state.Catch ?? []),
  ];
}
