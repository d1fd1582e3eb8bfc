/**
 * The line of a CDK app that grants an action.
 * @param grantee the function, or what else calls
 * @param resource the construct of the resource; its kind, if it is not known
 */
export function remedyOf(action: string, grantee: string, resource?: string): string {
  const [, kind, grant] = GRANTS.find(([actions]) => actions.test(action)) ?? [];
  return grant === undefined
    ? `${grantee}.addToRolePolicy(new PolicyStatement({ actions: ['${action}'], resources: [...] }))`
    : `${resource ?? kind}.${grant}(${grantee})`;
}

/** Actions, the kind of the resource, and the method that grants them. */
const GRANTS: ReadonlyArray<readonly [RegExp, string, string]> = [
  [/^dynamodb:(GetItem|BatchGetItem|Query|Scan|ConditionCheckItem|PartiQLSelect)$/, 'table', 'grantReadData'],
  [/^dynamodb:(PutItem|UpdateItem|DeleteItem|BatchWriteItem|PartiQL\w+)$/, 'table', 'grantWriteData'],
  [/^dynamodb:(GetRecords|GetShardIterator|DescribeStream|ListStreams)$/, 'table', 'grantStreamRead'],
  [/^sqs:(SendMessage)$/, 'queue', 'grantSendMessages'],
  [/^sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueUrl|GetQueueAttributes)$/, 'queue', 'grantConsumeMessages'],
  [/^sqs:PurgeQueue$/, 'queue', 'grantPurge'],
  [/^sns:Publish$/, 'topic', 'grantPublish'],
  [/^events:PutEvents$/, 'bus', 'grantPutEventsTo'],
  [/^lambda:InvokeFunction$/, 'fn', 'grantInvoke'],
  [/^states:StartExecution$/, 'stateMachine', 'grantStartExecution'],
  [/^states:StartSyncExecution$/, 'stateMachine', 'grantStartSyncExecution'],
  [/^states:SendTask\w+$/, 'stateMachine', 'grantTaskResponse'],
  [/^states:(DescribeExecution|StopExecution|GetExecutionHistory|ListExecutions|DescribeStateMachine)$/, 'stateMachine', 'grantRead'],
  [/^secretsmanager:GetSecretValue$/, 'secret', 'grantRead'],
  [/^secretsmanager:PutSecretValue$/, 'secret', 'grantWrite'],
  [/^ses:SendEmail$/, 'identity', 'grantSendEmail'],
  [/^execute-api:ManageConnections$/, 'webSocketApi', 'grantManageConnections'],
  [/^kms:Decrypt$/, 'key', 'grantDecrypt'],
  [/^kms:GenerateDataKey$/, 'key', 'grantEncryptDecrypt'],
];
