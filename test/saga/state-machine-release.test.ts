import { Match, Template } from 'aws-cdk-lib/assertions';
import { OrderProcessingWorkflow } from '../../src';
import { newStack } from '../support/workflow';

const stack = newStack();
new OrderProcessingWorkflow(stack, 'Orders');
const template = Template.fromStack(stack);

describe('the version that orders start on', () => {
  // "You can publish up to 1000 versions for each state machine. You must manually delete unused versions":
  // https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html
  // "Deleting a state machine version won't terminate its in-progress executions":
  // https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachineVersion.html
  test('is deleted when the next one takes its place, so that a thousand deployments are not the last', () => {
    template.hasResource('AWS::StepFunctions::StateMachineVersion', { DeletionPolicy: Match.absent(), UpdateReplacePolicy: Match.absent() });
  });

  test('is replaced with each revision of the state machine, and with nothing else', () => {
    const [machine] = Object.keys(template.findResources('AWS::StepFunctions::StateMachine')).filter((id) => id.startsWith('OrdersSaga'));
    template.hasResourceProperties('AWS::StepFunctions::StateMachineVersion', {
      StateMachineRevisionId: { 'Fn::GetAtt': [machine, 'StateMachineRevisionId'] },
    });
  });

  // An alias must not point to a version that is deleted: CloudFormation updates it before, as it refers to the new one.
  test('is what the alias refers to', () => {
    const [version] = Object.keys(template.findResources('AWS::StepFunctions::StateMachineVersion'));
    template.hasResourceProperties('AWS::StepFunctions::StateMachineAlias', {
      RoutingConfiguration: [{ StateMachineVersionArn: { 'Fn::GetAtt': [version, 'Arn'] }, Weight: 100 }],
    });
  });
});
