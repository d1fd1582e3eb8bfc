import { App, CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { LocalCloud } from '../../src';
import { inlineFunction } from '../services/cloud-fixture';

async function create(describe: (stack: Stack) => void): Promise<void> {
  const stack = new Stack(new App({ context: { '@aws-cdk/core:stackResourceLimit': 0 } }), 'Test');
  describe(stack);
  await (await LocalCloud.fromStack(stack)).close();
}

it.each<[string, (stack: Stack) => unknown, RegExp]>([
  [
    'a queue with a name of 81 characters',
    (stack) => new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { QueueName: 'q'.repeat(81) } }),
    /Test\/Queue \(AWS::SQS::Queue, property QueueName\): has 81 characters, and AWS takes 80; make it smaller/,
  ],
  [
    'a function with more environment than Lambda keeps',
    (stack) => inlineFunction(stack, 'run', 'async () => {}', { environment: { TEXT: 'x'.repeat(4_096) } }),
    /property Environment\): has \d+ bytes, and AWS takes 4096/,
  ],
  [
    'a role with more policy than IAM takes',
    (stack) => new CfnResource(stack, 'Policy', {
      type: 'AWS::IAM::Policy',
      properties: {
        PolicyName: 'large',
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: Array.from({ length: 300 }, (_, index) => `arn:aws:sqs:us-east-1:000000000000:queue-${index}`) }] },
      },
    }),
    /property PolicyDocument\): has \d+ bytes, and AWS takes 10240/,
  ],
  [
    'a dashboard, which is made in name only, with a name of 256 characters',
    (stack) => new Dashboard(stack, 'Dashboard', { dashboardName: 'a'.repeat(256) }),
    /property DashboardName\): has 256 characters, and AWS takes 255/,
  ],
  [
    'a rule with six targets',
    (stack) => new CfnResource(stack, 'Rule', {
      type: 'AWS::Events::Rule',
      properties: {
        EventPattern: { source: ['x'] },
        Targets: [1, 2, 3, 4, 5, 6].map((id) => ({ Id: String(id), Arn: new Queue(stack, `Queue${id}`).queueArn })),
      },
    }),
    /property Targets\): has 6 items, and AWS takes 5/,
  ],
  [
    'a stack with 501 resources',
    (stack) => Array.from({ length: 501 }, (_, index) => new Rule(stack, `Rule${index}`, { eventPattern: { source: ['x'] } })),
    /stack Test has 501 resources, and CloudFormation takes 500: divide it into several stacks/,
  ],
  [
    'a stack with 201 outputs',
    (stack) => Array.from({ length: 201 }, (_, index) => new CfnOutput(stack, `Output${index}`, { value: 'x' })),
    /stack Test has 201 outputs, and CloudFormation takes 200/,
  ],
])('%s is refused, as AWS does', async (_, describe, message) => {
  await expect(create((stack) => void describe(stack))).rejects.toThrow(message);
});
