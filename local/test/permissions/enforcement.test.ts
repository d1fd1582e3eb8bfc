import { Stack } from 'aws-cdk-lib';
import { AttributeType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { CfnRolePolicy, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CustomState, DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { JsonObject } from '../../src/json';
import { DeniedCall } from '../../src/services/access/guard';
import { inlineFunction, openCloud, TestCloud } from '../services/cloud-fixture';

const opened: TestCloud[] = [];
const open = async (describe: (stack: Stack) => void, options: Parameters<typeof openCloud>[1] = {}) => {
  const denied: DeniedCall[] = [];
  const test1 = await openCloud(describe, { onDenied: (call) => denied.push(call), ...options });
  opened.push(test1);
  return { ...test1, denied };
};

afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ cloud }) => cloud.close()));
});

function table(stack: Stack, props: Partial<ConstructorParameters<typeof Table>[2]> = {}): Table {
  return new Table(stack, 'Orders', { tableName: 'orders', partitionKey: { name: 'id', type: AttributeType.STRING }, ...props });
}

/** Writes an item, and answers with the error's name and message if it may not. */
const WRITE = `async () => {
  const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
  try {
    await new DynamoDBClient({}).send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: '1' } } }));
    return { done: true };
  } catch ({ name, message }) {
    return { name, message };
  }
}`;

/** Sends a message, and answers in the same way. */
const SEND = `async () => {
  const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
  try {
    await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: '1' }));
    return { done: true };
  } catch ({ name, message }) {
    return { name, message };
  }
}`;

async function invoke({ cloud }: TestCloud, FunctionName: string): Promise<JsonObject> {
  const caller = { kind: 'outside', name: 'test' } as const;
  const { Payload } = await cloud.calls.perform({ service: 'lambda', operation: 'Invoke', input: { FunctionName, Payload: '{}' }, caller });
  return JSON.parse(String(Payload)) as JsonObject;
}

describe('a function', () => {
  it('whose role has no grant is denied in the words of the service, and the message says what grants it', async () => {
    const running = await open((stack) => {
      table(stack);
      inlineFunction(stack, 'write', WRITE);
    });
    const answer = await invoke(running, 'write');
    expect(answer.name).toBe('AccessDeniedException');
    expect(answer.message).toMatch(new RegExp('^User: arn:aws:sts::000000000000:assumed-role/Test-writeServiceRole\\w+/write is not authorized to perform: '
      + 'dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/orders '
      + 'because no identity-based policy allows the dynamodb:PutItem action$'));
    expect(running.denied).toMatchObject([{
      action: 'dynamodb:PutItem',
      remedy: 'orders.grantWriteData(write)',
      advice: 'Test/write may not do dynamodb:PutItem on Test/Orders (arn:aws:dynamodb:us-east-1:000000000000:table/orders): '
        + 'no policy of its role allows it. In the CDK app: orders.grantWriteData(write)',
    }]);
    expect(running.cloud.permissions.denied).toHaveLength(1);
    expect(await running.cloud.item('orders', { id: '1' })).toBeUndefined();
  });

  it('that is granted the action does it', async () => {
    const running = await open((stack) => table(stack).grantWriteData(inlineFunction(stack, 'write', WRITE)));
    expect(await invoke(running, 'write')).toEqual({ done: true });
    expect(running.cloud.permissions.denied).toEqual([]);
  });

  it('whose role has a policy as a resource of its own does what that allows', async () => {
    const running = await open((stack) => {
      const { tableArn } = table(stack);
      const { role } = inlineFunction(stack, 'write', WRITE);
      const policyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: tableArn }] };
      new CfnRolePolicy(stack, 'Write', { roleName: role!.roleName, policyName: 'write', policyDocument });
    });
    expect(await invoke(running, 'write')).toEqual({ done: true });
  });

  it('that a statement denies learns of the explicit deny', async () => {
    const running = await open((stack) => {
      const write = inlineFunction(stack, 'write', WRITE);
      table(stack).grantWriteData(write);
      write.addToRolePolicy(new PolicyStatement({ effect: Effect.DENY, actions: ['dynamodb:Put*'], resources: ['*'] }));
    });
    expect((await invoke(running, 'write')).message).toMatch(/with an explicit deny in an identity-based policy$/);
    expect(running.denied[0].advice).toMatch(/^Test\/write may not do dynamodb:PutItem on Test\/Orders \(.*\): Test\/writeServiceRoleDefaultPolicy\w+, statement 2 denies it$/);
  });

  it.each([['sqs', { done: true }], ['dynamodb', { name: 'KmsAccessDenied' }]])('may use a key through the service %s that its condition names', async (service, expected) => {
    const running = await open((stack) => {
      const encryptionMasterKey = new Key(stack, 'Key');
      const queue = new Queue(stack, 'Queue', { queueName: 'queue', encryptionMasterKey });
      const send = inlineFunction(stack, 'send', SEND, { environment: { QUEUE_URL: queue.queueUrl } });
      send.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }));
      send.addToRolePolicy(new PolicyStatement({
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resources: [encryptionMasterKey.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` } },
      }));
    });
    expect(await invoke(running, 'send')).toMatchObject(expected);
  });

  it('needs the key of an encrypted table too', async () => {
    const write = (encryptionKey: boolean) => open((stack) => {
      const key = new Key(stack, 'Key');
      const orders = table(stack, { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key });
      const fn = inlineFunction(stack, 'write', WRITE);
      if (encryptionKey) {
        orders.grantWriteData(fn);
      } else {
        fn.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:*'], resources: [orders.tableArn] }));
      }
    });
    expect((await invoke(await write(false), 'write')).message).toMatch(/not authorized to perform: kms:Decrypt on resource: arn:aws:kms:/);
    expect(await invoke(await write(true), 'write')).toEqual({ done: true });
  });

  it('is not stopped with warn, and not checked with off', async () => {
    const ungranted = (stack: Stack) => {
      table(stack);
      inlineFunction(stack, 'write', WRITE);
    };
    const warned = await open(ungranted, { permissions: 'warn' });
    expect(await invoke(warned, 'write')).toEqual({ done: true });
    expect(warned.denied).toHaveLength(1);
    const off = await open(ungranted, { permissions: 'off' });
    expect(await invoke(off, 'write')).toEqual({ done: true });
    expect(off.denied).toEqual([]);
  });
});

describe('a state', () => {
  it('calls with the role of its machine, and a denial is an error that Catch sees', async () => {
    const running = await open((stack) => {
      table(stack);
      const put = new CustomState(stack, 'Put', {
        stateJson: {
          Type: 'Task',
          Resource: 'arn:aws:states:::dynamodb:putItem',
          Parameters: { TableName: 'orders', Item: { id: { S: '1' } } },
          Catch: [{ ErrorEquals: ['DynamoDB.AccessDeniedException'], Next: 'Caught' }],
        },
      });
      put.next(new Pass(stack, 'Caught'));
      new StateMachine(stack, 'Machine', { stateMachineName: 'machine', definitionBody: DefinitionBody.fromChainable(put) });
    });
    const caller = { kind: 'outside', name: 'test' } as const;
    const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:machine';
    const { executionArn } = await running.cloud.calls.perform({ service: 'states', operation: 'StartExecution', input: { stateMachineArn }, caller });
    const outcome = await running.clock.until(running.cloud.executions.find(String(executionArn)).ended);
    expect(outcome).toMatchObject({
      status: 'SUCCEEDED',
      output: { Error: 'DynamoDB.AccessDeniedException', Cause: expect.stringContaining('assumed-role/Test-MachineRole') as string },
    });
  });
});

describe('SNS', () => {
  it('delivers to a queue whose policy admits it, and to no other', async () => {
    const running = await open((stack) => {
      const topic = new Topic(stack, 'Alerts', { topicName: 'alerts' });
      topic.addSubscription(new SqsSubscription(new Queue(stack, 'Admits', { queueName: 'admits' })));
      new CfnSubscription(stack, 'Other', { topicArn: topic.topicArn, protocol: 'sqs', endpoint: new Queue(stack, 'Refuses', { queueName: 'refuses' }).queueArn });
    });
    const caller = { kind: 'outside', name: 'test' } as const;
    const TopicArn = 'arn:aws:sns:us-east-1:000000000000:alerts';
    await running.cloud.calls.perform({ service: 'sns', operation: 'Publish', input: { TopicArn, Message: 'hello' }, caller });
    await running.clock.advance(3_600_000);
    expect(running.cloud.queue('admits')).toHaveLength(1);
    expect(running.cloud.queue('refuses')).toEqual([]);
    expect(running.denied[0].message).toContain('User: sns.amazonaws.com is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:000000000000:refuses because no resource-based policy');
  });
});

describe('a key', () => {
  it('whose policy leaves nothing to the account denies what the role may', async () => {
    const running = await open((stack) => {
      const key = new Key(stack, 'Key', { policy: undefined });
      const { defaultChild } = key.node;
      (defaultChild as unknown as { keyPolicy: JsonObject }).keyPolicy = {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { Service: 'logs.amazonaws.com' } }],
      };
      const orders = table(stack, { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key });
      orders.grantWriteData(inlineFunction(stack, 'write', WRITE));
    });
    expect((await invoke(running, 'write')).message).toMatch(/because no resource-based policy allows the kms:Decrypt action$/);
  });
});

describe('a test', () => {
  it('asks what a function may do, and which statements allowed nothing', async () => {
    const { cloud } = await open((stack) => {
      const orders = table(stack);
      orders.grantReadData(inlineFunction(stack, 'read', 'async () => {}'));
      new Queue(stack, 'Waiting').grantSendMessages(new ServicePrincipal('events.amazonaws.com'));
    });
    expect(cloud.permissions.may('read', 'dynamodb:GetItem', 'Orders')).toBe(true);
    expect(cloud.permissions.may('read', 'dynamodb:PutItem', 'Orders')).toBe(false);
    expect(cloud.permissions.unused().map(({ statement }) => statement)).toEqual(expect.arrayContaining([
      expect.stringMatching(/^Test\/readServiceRoleDefaultPolicy\w+, statement 1$/),
      expect.stringMatching(/^Test\/WaitingPolicy\w+, statement 1$/),
    ]));
  });
});
