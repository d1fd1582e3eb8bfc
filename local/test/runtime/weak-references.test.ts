import { App, CfnOutput, Stack, Token } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LocalCloud } from '../../src';
import { inlineFunction } from '../services/cloud-fixture';

/** What the CDK synthesizes from 2.253 on where `@aws-cdk/core:defaultCrossStackReferences` is weak, as in a new app. */
function weakReference(output: CfnOutput): string {
  const { stack, logicalId } = output;
  return Token.asString({ 'Fn::GetStackOutput': { StackName: stack.stackName, Region: { Ref: 'AWS::Region' }, OutputName: stack.resolve(logicalId) as string } });
}

test('a stack that reads an output of another by a weak reference is created after it, with its value', async () => {
  const app = new App();
  const reader = new Stack(app, 'Reader');
  const provider = new Stack(app, 'Provider');
  const topic = new Topic(provider, 'Topic', { topicName: 'orders' });
  const output = new CfnOutput(provider, 'PublishOutputRefTopic', { value: topic.topicArn });
  inlineFunction(reader, 'read', 'async () => process.env.TOPIC', { environment: { TOPIC: weakReference(output) } });
  reader.addDependency(provider);

  const cloud = await LocalCloud.fromStack(reader);

  const caller = { kind: 'outside', name: 'test' } as const;
  const { Payload } = await cloud.calls.perform({ service: 'lambda', operation: 'Invoke', input: { FunctionName: 'read' }, caller });
  expect(Payload).toBe('"arn:aws:sns:us-east-1:000000000000:orders"');
  await cloud.close();
});

test('a stack that reads what another does not have is refused by the name of the output', async () => {
  const app = new App();
  const reader = new Stack(app, 'Reader');
  reader.addDependency(new Stack(app, 'Provider'));
  new Topic(reader, 'Topic', {
    topicName: Token.asString({ 'Fn::GetStackOutput': { StackName: 'Provider', OutputName: 'PublishOutputRefQueue' } }),
  });

  await expect(LocalCloud.fromStack(reader)).rejects.toThrow(
    'stack Reader reads the output PublishOutputRefQueue of stack Provider in us-east-1, which has no such output; those it has: none',
  );
});
