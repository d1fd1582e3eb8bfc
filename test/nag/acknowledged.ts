import { CfnResource } from 'aws-cdk-lib';
import { CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { actionsOnAll, around, hasFailureDestination, isExisting, isCalledAsynchronously, isWarnedOf } from './places';
import { StatusFeed, StatusPublisher } from '../../src';
import { DeadLetterQueue } from '../../src/private/dead-letter-queue';
import { OrderSweeper } from '../../src/recovery/order-sweeper';

/** A finding that is right as it is. */
export interface Acknowledgement {
  readonly rules: string[];
  readonly reason: string;
  /** Of what the reason is true: of nothing else is a finding acknowledged. */
  appliesTo(resource: CfnResource, detail: string): boolean;
}

/** AWS cannot limit permission for these to a resource. */
const ON_ALL_OR_NOTHING = /^(xray:\w+|dynamodb:ListStreams|ec2:Describe\w+|logs:(\w+LogDelivery|ListLogDeliveries|PutResourcePolicy|Describe\w+))$/;

export const ACKNOWLEDGED: Acknowledgement[] = [
  {
    rules: [
      'AwsSolutions-DDB3', 'AwsSolutions-IAM4', 'AwsSolutions-SMG4', 'AwsSolutions-SNS3', 'AwsSolutions-SQS3', 'AwsSolutions-SQS4',
      'Serverless-LambdaDLQ', 'Serverless-LambdaDefaultMemorySize', 'Serverless-LambdaDefaultTimeout', 'Serverless-LambdaTracing',
      'Serverless-SQSRedrivePolicy',
    ],
    appliesTo: isExisting,
    reason: 'It takes the place of a resource that a team has: the library uses it and changes nothing of it.',
  },
  {
    rules: [
      'AwsSolutions-DDB3', 'AwsSolutions-IAM4', 'Serverless-LambdaDLQ', 'Serverless-LambdaDefaultMemorySize', 'Serverless-LambdaTracing',
      'Serverless-SNSRedrivePolicy',
    ],
    appliesTo: ({ node }) => /\/Steps\/FraudCheck\/|\/Notifiers\/LoyaltyPoints\/|\/AlertTargets\/\w+\/(Tickets|openTicket)\//.test(node.path),
    reason: 'A port of a team\'s own makes it, within the workflow: the example shows how a port is made, and is as short as can be.',
  },
  {
    rules: ['Serverless-EventBusDLQ'],
    appliesTo: (resource) => around(StatusPublisher, resource) !== undefined,
    reason: 'The target is a team\'s own, and so is its dead-letter queue: the notifiers of the library have a queue each.',
  },
  {
    rules: ['AwsSolutions-IAM5'],
    appliesTo: (resource, detail) => detail === 'Resource::*' && actionsOnAll(resource).every((action) => ON_ALL_OR_NOTHING.test(action)),
    reason: 'AWS lets these actions be allowed on everything or not at all: traces, the list of streams, the delivery of logs, networks.',
  },
  {
    rules: ['AwsSolutions-IAM5'],
    appliesTo: (resource, detail) => /^Resource::(<\w+\.Arn>|arn:[^*]+:function\/[^*]+):\*$/.test(detail) && resource.node.path.includes('/StateMachine/'),
    reason: 'A step calls one function; the CDK names its versions and aliases with it.',
  },
  {
    rules: ['AwsSolutions-IAM5'],
    appliesTo: (_resource, detail) => /^Action::kms:(ReEncrypt|GenerateDataKey)\*$/.test(detail),
    reason: 'Each stands for two actions, on one key: DynamoDB and SNS require them of each principal that uses what the key encrypts.',
  },
  {
    rules: ['AwsSolutions-IAM5'],
    appliesTo: (_resource, detail) => /^Resource::arn:[^*]+:ec2:[^*]+:(network-interface|subnet|security-group)\/\*$/.test(detail),
    reason: 'Lambda makes the network interfaces of a function in a VPC and chooses their ids; all is limited to the account and the region.',
  },
  {
    rules: ['AwsSolutions-IAM5'],
    appliesTo: (_resource, detail) => /^Resource::arn:[^*]+:states:[^*]+:execution:<\w+\.Name>:\*$/.test(detail),
    reason: 'Executions have the ids of their orders as names: recovery describes any execution of one state machine.',
  },
  {
    rules: ['AwsSolutions-IAM5'],
    appliesTo: (_resource, detail) => /^Resource::arn:[^*]+:execute-api:[^*]+\/live\/POST\/@connections\/\*$/.test(detail),
    reason: 'A message to a browser is sent to its connection, and the ids of future connections are not known.',
  },
  {
    rules: ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'],
    appliesTo: (resource) => around(DeadLetterQueue, resource)?.alarm !== undefined,
    reason: 'It is a dead-letter queue, of a function, a rule or a subscription, and an alarm is raised as soon as a message is in it.',
  },
  {
    rules: ['Serverless-LambdaDLQ'],
    appliesTo: (resource) => !isExisting(resource) && !isCalledAsynchronously(resource),
    reason: 'Its caller waits for the answer or retries, and handles the error; Lambda would put nothing into a queue.',
  },
  {
    rules: ['Serverless-LambdaDLQ'],
    appliesTo: hasFailureDestination,
    reason: 'Its failure destination is a queue, which gets what a dead-letter queue gets, and the error with it.',
  },
  {
    rules: ['Serverless-EventBusDLQ'],
    appliesTo: (resource) => resource.node.path.endsWith('/OrderSweeper/Schedule/Resource')
      && around(OrderSweeper, resource)?.node.tryFindChild('Idle') !== undefined,
    reason: 'The next sweep, minutes later, makes up for one that did not start; an alarm is raised when none starts.',
  },
  {
    rules: ['Serverless-LambdaEventSourceMappingDestination'],
    appliesTo: (resource) => resource.node.path.includes('/SqsEventSource:'),
    reason: 'Lambda has no failure destination for a queue: what fails goes to the dead-letter queue of the queue.',
  },
  {
    rules: ['AwsSolutions-APIG1', 'Serverless-APIGWAccessLogging'],
    appliesTo: (resource) => around(StatusFeed, resource) !== undefined,
    reason: 'Access logs of a WebSocket API need a role that is a setting of the account: a team that has set one turns them on with accessLogs.',
  },
  {
    rules: ['AwsSolutions-APIG4'],
    appliesTo: (resource) => around(StatusFeed, resource) !== undefined && (resource as CfnRoute).routeKey !== '$connect',
    reason: 'API Gateway authorizes a WebSocket when it connects, and no message after that; the functions check each one.',
  },
  {
    rules: ['AwsSolutions-APIG4'],
    appliesTo: (resource) => around(StatusFeed, resource)?.watchSecret !== undefined && (resource as CfnRoute).routeKey === '$connect',
    reason: 'A client gets no message before it sends the watch token of an order, which only the client that placed it has.',
  },
  {
    rules: ['AwsSolutions-APIG4'],
    appliesTo: (resource) => isWarnedOf('openIntake', resource),
    reason: 'The app says openToAll, and is warned of it at synth; without saying so it gets IAM.',
  },
  {
    rules: ['AwsSolutions-SMG4'],
    appliesTo: (resource) => around(StatusFeed, resource) !== undefined,
    reason: 'It signs the watch tokens that customers hold, and a change makes all of them worthless: a person decides on that.',
  },
];
