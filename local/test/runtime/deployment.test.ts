import { App, CfnResource, SecretValue, Stack } from 'aws-cdk-lib';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnFunction, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { LocalCloud } from '../../src/local-cloud';

const stackWith = (describe: (stack: Stack) => void): Stack => {
  const stack = new Stack(new App(), 'Orders');
  describe(stack);
  return stack;
};

test('every type that cannot run is named, all at once', async () => {
  await expect(
    LocalCloud.fromStack(
      stackWith((stack) => {
        new CfnResource(stack, 'Cluster', { type: 'AWS::ECS::Cluster' });
        new CfnResource(stack, 'Bucket', { type: 'AWS::S3::Bucket' });
      }),
    ),
  ).rejects.toThrow(
    'the local cloud cannot run Orders/Cluster (AWS::ECS::Cluster), Orders/Bucket (AWS::S3::Bucket); leave them out of local runs',
  );
});

test('a property that cannot be honoured is named with its resource', async () => {
  await expect(
    LocalCloud.fromStack(
      stackWith((stack) => {
        const handler = new Function(stack, 'Handler', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('1') });
        (handler.node.defaultChild as CfnFunction).fileSystemConfigs = [{ arn: 'arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/x', localMountPath: '/mnt/x' }];
      }),
    ),
  ).rejects.toThrow(
    /^Orders\/Handler\w+ \(AWS::Lambda::Function, property FileSystemConfigs\): is not supported by the local cloud; leave it out of local runs$/,
  );
  await expect(
    LocalCloud.fromStack(
      stackWith((stack) => {
        new Queue(stack, 'Queue', { fifo: true });
      }),
    ),
  ).rejects.toThrow(
    /^Orders\/Queue\w+ \(AWS::SQS::Queue, property FifoQueue\): is true, and only standard queues run locally; use a standard queue/,
  );
});

test('a dynamic reference, and replicas in other regions, are refused', async () => {
  await expect(
    LocalCloud.fromStack(
      stackWith((stack) => {
        new Topic(stack, 'Topic', { displayName: 'x', topicName: SecretValue.ssmSecure('name').unsafeUnwrap() });
      }),
    ),
  ).rejects.toThrow('has the dynamic reference {{resolve:ssm-secure:name}}; read the secret or parameter at run time instead');
  await expect(
    LocalCloud.fromStack(
      stackWith((stack) => {
        const table = new CfnGlobalTable(stack, 'Table', {
          attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
          keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
          replicas: [{ region: 'us-east-1' }, { region: 'eu-west-1' }],
        });
        stack.exportValue(table.ref);
      }),
    ),
  ).rejects.toThrow('names us-east-1, eu-west-1, and there is one region here');
});

test('what has no effect on running is listed, and references to it resolve', async () => {
  const cloud = await LocalCloud.fromStack(
    stackWith((stack) => {
      const key = new Key(stack, 'Key', { alias: 'orders' });
      new Topic(stack, 'Topic', { masterKey: key });
      new Dashboard(stack, 'Dashboard');
      stack.exportValue(key.keyArn);
    }),
  );
  try {
    const [{ withoutEffect, resources }] = cloud.stacks;
    expect(withoutEffect.map(({ type }) => type).sort()).toEqual(['AWS::CloudWatch::Dashboard']);
    expect(resources.map(({ type }) => type).sort()).toEqual(['AWS::KMS::Alias', 'AWS::KMS::Key', 'AWS::SNS::Topic']);
    expect(resources).toContainEqual({
      type: 'AWS::SNS::Topic',
      path: 'Orders/Topic/Resource',
      logicalId: expect.any(String),
      ref: expect.stringMatching(/^arn:aws:sns:/),
      arn: expect.stringMatching(/^arn:aws:sns:/),
    });
    expect(Object.values(cloud.outputs)).toEqual([expect.stringMatching(/^arn:aws:kms:us-east-1:000000000000:key\//)]);
  } finally {
    await cloud.close();
  }
});
