import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { definitionOf } from './state-machine';

/** The template of a stack, without what changes from one build to the next. */
export function stableTemplate(stack: Stack): unknown {
  return withoutHashes(Template.fromStack(stack).toJSON());
}

/** A template without what changes from one build to the next: the hashes of bundles and of versions. */
export function withoutHashes({ Resources, Outputs }: { Resources?: unknown; Outputs?: unknown }): unknown {
  const text = JSON.stringify({ Resources, Outputs })
    .replace(/[0-9a-f]{64}/g, '<hash>')
    .replace(/nodejs\d+\.x/g, 'nodejs<version>.x');
  const template = JSON.parse(text);
  for (const resource of Object.values<any>(template.Resources)) {
    if (resource.Type === 'AWS::StepFunctions::StateMachine') {
      resource.Properties.DefinitionString = '<see the definition>';
    }
  }
  return template;
}

/** The definition of the only state machine in a stack, as people read it. */
export function definitionIn(stack: Stack): unknown {
  const machine = stack.node.findAll().find((construct): construct is sfn.StateMachine => construct instanceof sfn.StateMachine)!;
  return definitionOf(machine);
}
