import { App, Stack } from 'aws-cdk-lib';
import { LogGroupLogDestination, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LocalCloud, LocalCloudOptions } from '../../src';

async function create(describe: (stack: Stack) => void, account: LocalCloudOptions['account'] = {}): Promise<void> {
  const stack = new Stack(new App(), 'Test');
  describe(stack);
  await (await LocalCloud.fromStack(stack, { account })).close();
}

function loggedApi(stack: Stack): void {
  const destination = new LogGroupLogDestination(new LogGroup(stack, 'Access'));
  new WebSocketStage(stack, 'Stage', { webSocketApi: new WebSocketApi(stack, 'Api'), stageName: 'live', accessLogSettings: { destination } });
}

function loggedMachine(stack: Stack, logGroupName: string): StateMachine {
  return new StateMachine(stack, 'Machine', {
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Nothing')),
    logs: { destination: new LogGroup(stack, 'Logs', { logGroupName }), level: LogLevel.ERROR },
  });
}

describe('a WebSocket API with access logs', () => {
  it('is refused in an account in which API Gateway has no role for logs', async () => {
    await expect(create(loggedApi)).rejects.toThrow(/Test\/Stage.*CloudWatch Logs role ARN must be set in account settings to enable logging/);
  });

  it('is created in an account that has the role', async () => {
    await create(loggedApi, { apiGatewayLogRole: true });
  });
});

describe('a state machine with logs', () => {
  it('is refused where the account\'s policy for log delivery has no room for its log group', async () => {
    await expect(create((stack) => void loggedMachine(stack, 'orders'), { logPolicyCharacters: 5_100 }))
      .rejects.toThrow(/Policy document length breaking.*give the log group a name that begins with \/aws\/vendedlogs\//);
  });

  it('needs no room there with a name that one statement covers', async () => {
    await create((stack) => void loggedMachine(stack, '/aws/vendedlogs/states/orders'), { logPolicyCharacters: 5_100 });
  });

  it('is refused where its role may not deliver logs', async () => {
    await expect(create((stack) => loggedMachine(stack, 'orders').addToRolePolicy(
      new PolicyStatement({ effect: Effect.DENY, actions: ['logs:CreateLogDelivery'], resources: ['*'] }),
    ))).rejects.toThrow(/The state machine IAM Role is not authorized to access the Log Destination \(logs:CreateLogDelivery on \*\)/);
  });
});
