import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PermissionsBoundary, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { LocalCloud, LocalCloudOptions } from '../../src';
import { inlineFunction } from '../services/cloud-fixture';

/** Makes the resources and ends them again. */
async function create(describe: (stack: Stack) => void, options: LocalCloudOptions = {}): Promise<void> {
  const stack = new Stack(new App(), 'Test');
  describe(stack);
  await (await LocalCloud.fromStack(stack, options)).close();
}

function role(stack: Stack, service: string): Role {
  return new Role(stack, 'Role', { assumedBy: new ServicePrincipal(service) });
}

/** A function that reads a queue with a grant that stands beside it. */
function reader(stack: Stack): { mapping: CfnEventSourceMapping; grant: Policy } {
  const queue = new Queue(stack, 'Queue');
  const reading = inlineFunction(stack, 'read', 'async () => {}', { role: role(stack, 'lambda.amazonaws.com').withoutPolicyUpdates() });
  const mapping = new CfnEventSourceMapping(stack, 'Mapping', { functionName: reading.functionName, eventSourceArn: queue.queueArn });
  const grant = new Policy(stack, 'Grant', {
    statements: [new PolicyStatement({ actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], resources: [queue.queueArn] })],
    roles: [stack.node.findChild('Role') as Role],
  });
  return { mapping, grant };
}

describe('an event source', () => {
  it('is refused while the role of its function may not read', async () => {
    await expect(create((stack) => {
      reader(stack);
    })).rejects.toThrow(/Test\/Mapping .*property EventSourceArn.*The function execution role does not have permissions to call ReceiveMessage on SQS \(sqs:ReceiveMessage on arn:aws:sqs:.*\); grant it, and let the resource depend on the grant/);
  });

  it('is created after the grant that it depends on', async () => {
    await create((stack) => {
      const { mapping, grant } = reader(stack);
      mapping.node.addDependency(grant);
    });
  });

  it('that is a stream is refused where the role may read all but the records', async () => {
    await expect(create((stack) => {
      const table = new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING }, stream: StreamViewType.NEW_IMAGE });
      const reading = inlineFunction(stack, 'read', 'async () => {}');
      reading.addEventSource(new DynamoEventSource(table, { startingPosition: StartingPosition.LATEST }));
      reading.addToRolePolicy(new PolicyStatement({ effect: Effect.DENY, actions: ['dynamodb:GetRecords'], resources: ['*'] }));
    })).rejects.toThrow(/Cannot access stream arn:aws:dynamodb:/);
  });
});

describe('a role', () => {
  it('that its service cannot assume is refused', async () => {
    await expect(create((stack) => {
      inlineFunction(stack, 'run', 'async () => {}', { role: role(stack, 'ec2.amazonaws.com') });
    })).rejects.toThrow(/property Role.*The role defined for the function cannot be assumed by Lambda/);
  });

  it('with a policy of AWS whose statements are not known is refused', async () => {
    await expect(create((stack) => {
      role(stack, 'lambda.amazonaws.com').addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonS3FullAccess'));
    })).rejects.toThrow(/names arn:aws:iam::aws:policy\/AmazonS3FullAccess, whose statements the local cloud does not know; give them as { account: { policies: { 'AmazonS3FullAccess':/);
  });

  it('with a permissions boundary whose statements are not known is refused', async () => {
    const limited = (stack: Stack) => {
      PermissionsBoundary.of(role(stack, 'lambda.amazonaws.com')).apply(ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'));
    };
    await expect(create(limited)).rejects.toThrow(/property PermissionsBoundary.* names arn:aws:iam::aws:policy\/PowerUserAccess, whose statements the local cloud does not know/);
    await create(limited, { permissions: 'off' });
    const PowerUserAccess = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] };
    await create(limited, { account: { policies: { 'arn:aws:iam::aws:policy/PowerUserAccess': PowerUserAccess } } });
  });

  it('with a permissions boundary of the company is created if its statements are given', async () => {
    await create((stack) => {
      PermissionsBoundary.of(role(stack, 'lambda.amazonaws.com')).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'Company'));
    }, { account: { policies: { Company: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] } } } });
  });

  it('with a permissions boundary of the app is created', async () => {
    await create((stack) => {
      const boundary = new ManagedPolicy(stack, 'Boundary', { statements: [new PolicyStatement({ actions: ['sqs:*'], resources: ['*'] })] });
      PermissionsBoundary.of(role(stack, 'lambda.amazonaws.com')).apply(boundary);
    });
  });

  it('is not checked with permissions off', async () => {
    await create((stack) => {
      inlineFunction(stack, 'run', 'async () => {}', { role: role(stack, 'ec2.amazonaws.com') });
    }, { permissions: 'off' });
  });
});

describe('a policy', () => {
  it('with a mistyped operator is refused when it is created, and named', async () => {
    await expect(create((stack) => {
      new CfnResource(stack, 'Mistyped', {
        type: 'AWS::IAM::ManagedPolicy',
        properties: {
          PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringLikes: { 'aws:PrincipalArn': 'x' } } }] },
        },
      });
    })).rejects.toThrow(/Test\/Mistyped, statement 1: the condition operator StringLikes is not known/);
  });
});

it('a mode that does not exist is refused', async () => {
  await expect(create(() => undefined, { permissions: 'enforced' as never })).rejects.toThrow('permissions is "enforced": give enforce, warn, off');
});
