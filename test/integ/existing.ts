import { App, Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CreateOrder, FunctionCompensation, OrderProcessingWorkflow, ProcessPayment, ReserveInventory, ValidateOrder } from '../../src';

/** A workflow with existing tables, topic, log group, network and functions. */
export function existing(app: App): Stack {
  const stack = new Stack(app, 'Existing', { env: { account: '111111111111', region: 'eu-central-1' } });
  const fn = (id: string) => new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({});'),
    timeout: Duration.seconds(20),
  });
  new OrderProcessingWorkflow(stack, 'Orders', {
    ordersTable: dynamodb.Table.fromTableAttributes(stack, 'OrdersTable', {
      tableName: 'orders',
      tableStreamArn: stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: 'orders/stream/2026-01-01T00:00:00.000' }),
    }),
    productsTable: dynamodb.Table.fromTableName(stack, 'ProductsTable', 'products'),
    failureTopic: sns.Topic.fromTopicArn(stack, 'Failures', stack.formatArn({ service: 'sns', resource: 'failures' })),
    logGroup: new logs.LogGroup(stack, 'Logs', { logGroupName: '/aws/vendedlogs/orders' }),
    functionSettings: {
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: 'vpc-11111111', availabilityZones: ['eu-central-1a'], privateSubnetIds: ['subnet-11111111'],
      }),
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.X86_64,
      memorySize: 512,
      logRetention: logs.RetentionDays.ONE_WEEK,
    },
    steps: [
      new ValidateOrder({ handler: fn('Validate') }),
      new ReserveInventory(),
      new CreateOrder({ handler: fn('Create'), compensation: new FunctionCompensation(fn('Cancel'), { retry: { maxAttempts: 2 } }) }),
      new ProcessPayment({ charge: fn('Charge'), refund: fn('Refund') }),
    ],
  });
  return stack;
}
