/** The line of a CDK app that grants an action; `grantee` is the function, or what else calls. */
export function remedyOf(action: string, grantee: string): string {
  const grant = GRANTS.find(([actions]) => actions.test(action))?.[1];
  return grant === undefined
    ? `${grantee}.addToRolePolicy(new PolicyStatement({ actions: ['${action}'], resources: [...] }))`
    : grant.replace('grantee', grantee);
}

const GRANTS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^dynamodb:(GetItem|BatchGetItem|Query|Scan|ConditionCheckItem|PartiQLSelect)$/, 'table.grantReadData(grantee)'],
  [/^dynamodb:(PutItem|UpdateItem|DeleteItem|BatchWriteItem|PartiQL\w+)$/, 'table.grantWriteData(grantee)'],
  [/^dynamodb:(GetRecords|GetShardIterator|DescribeStream|ListStreams)$/, 'table.grantStreamRead(grantee)'],
  [/^sqs:(SendMessage)$/, 'queue.grantSendMessages(grantee)'],
  [/^sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueUrl|GetQueueAttributes)$/, 'queue.grantConsumeMessages(grantee)'],
  [/^sqs:PurgeQueue$/, 'queue.grantPurge(grantee)'],
  [/^sns:Publish$/, 'topic.grantPublish(grantee)'],
  [/^events:PutEvents$/, 'bus.grantPutEventsTo(grantee)'],
  [/^lambda:InvokeFunction$/, 'fn.grantInvoke(grantee)'],
  [/^states:StartExecution$/, 'stateMachine.grantStartExecution(grantee)'],
  [/^states:StartSyncExecution$/, 'stateMachine.grantStartSyncExecution(grantee)'],
  [/^states:SendTask\w+$/, 'stateMachine.grantTaskResponse(grantee)'],
  [/^states:(DescribeExecution|StopExecution|GetExecutionHistory|ListExecutions|DescribeStateMachine)$/, 'stateMachine.grantRead(grantee)'],
  [/^secretsmanager:GetSecretValue$/, 'secret.grantRead(grantee)'],
  [/^secretsmanager:PutSecretValue$/, 'secret.grantWrite(grantee)'],
  [/^ses:SendEmail$/, 'identity.grantSendEmail(grantee)'],
  [/^execute-api:ManageConnections$/, 'webSocketApi.grantManageConnections(grantee)'],
  [/^kms:Decrypt$/, 'key.grantDecrypt(grantee)'],
  [/^kms:GenerateDataKey$/, 'key.grantEncryptDecrypt(grantee)'],
];
