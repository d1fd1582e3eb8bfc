import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AwaitApproval, OrderProcessingWorkflow, ValidateOrder } from '../../src';
import { newStack } from '../support/workflow';

describe('a grant', () => {
  const stack = newStack();
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', { steps: [new ValidateOrder(), new AwaitApproval()] });
  workflow.grantStartOrder(role);
  workflow.grantReadOrders(role);
  workflow.grantDecide(role);
  const template = Template.fromStack(stack);

  function grantedTo(actions: unknown): void {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({ Statement: Match.arrayWith([Match.objectLike({ Action: actions })]) }),
      Roles: [stack.resolve(role.roleName)],
    });
  }

  /** The statements that let a role scan. */
  function readableBy(reader: iam.Role, inStack: Stack): any[] {
    const policies = Object.values<any>(Template.fromStack(inStack).findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties);
    const { PolicyDocument } = policies.find(({ Roles }) => JSON.stringify(Roles) === JSON.stringify([inStack.resolve(reader.roleName)]));
    return PolicyDocument.Statement.filter(({ Action }: any) => Action.includes('dynamodb:Scan'));
  }

  // "Step Functions uses the state machine's ARN instead of using the version ARN or alias ARN":
  // https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
  test('to start orders covers the state machine, and so its alias', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([{
          Action: 'states:StartExecution', Effect: 'Allow', Resource: stack.resolve(workflow.stateMachine.stateMachineArn),
        }]),
      }),
    });
  });

  // https://github.com/aws-samples/aws-stepfunctions-examples/pull/74
  test.each<[string, (keyed: OrderProcessingWorkflow, grantee: iam.Role) => iam.Grant]>([
    ['a workflow', (keyed, grantee) => keyed.grantStartOrder(grantee)],
    ['a saga', (keyed, grantee) => keyed.saga.grantStartOrder(grantee)],
  ])('to start orders of %s covers its key', (_of, grant) => {
    const elsewhere = newStack();
    const encryptionKey = new kms.Key(elsewhere, 'Key');
    const shop = new iam.Role(elsewhere, 'Shop', { assumedBy: new iam.AccountRootPrincipal() });
    expect(grant(new OrderProcessingWorkflow(elsewhere, 'Orders', { encryptionKey }), shop).success).toBe(true);

    Template.fromStack(elsewhere).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: 'states:StartExecution' }),
          { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Effect: 'Allow', Resource: elsewhere.resolve(encryptionKey.keyArn) },
        ],
      },
      Roles: [elsewhere.resolve(shop.roleName)],
    });
  });

  test('to read orders covers queries and reads', () => grantedTo(Match.arrayWith(['dynamodb:Query', 'dynamodb:GetItem'])));

  test('to read orders covers the index once, in the same statement', () => {
    const granted = readableBy(role, stack).map(({ Resource }) => Resource);
    const tableArn = stack.resolve(workflow.ordersTable.tableArn);
    expect(granted).toEqual([[tableArn, { 'Fn::Join': ['', [tableArn, '/index/*']] }]]);
  });

  test('to read orders of a table that is imported by its name covers the index of open orders', () => {
    const elsewhere = newStack();
    const operators = new iam.Role(elsewhere, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const ordersTable = dynamodb.Table.fromTableName(elsewhere, 'Imported', 'orders');
    const grant = new OrderProcessingWorkflow(elsewhere, 'Orders', { ordersTable }).grantReadOrders(operators);

    const ofIndex = elsewhere.resolve(`${ordersTable.tableArn}/index/open-orders`);
    expect(readableBy(operators, elsewhere)).toContainEqual({ Action: ['dynamodb:Query', 'dynamodb:Scan'], Effect: 'Allow', Resource: ofIndex });
    expect(grant.success).toBe(true);
  });

  test('to decide on orders covers the function that resumes them', () => {
    grantedTo('lambda:InvokeFunction');
    expect(workflow.decideFunction).toBe(workflow.saga.decideFunction);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({ Statement: Match.arrayWith([Match.objectLike({ Action: 'states:SendTaskSuccess' })]) }),
    });
  });

  test('to decide on orders is refused if no step waits', () => {
    const without = new OrderProcessingWorkflow(newStack(), 'Orders');
    expect(() => without.grantDecide(role)).toThrow(/no step waits for a decision, so there is no decideFunction: add AwaitApproval to steps/);
  });
});
