/** Metrics that AWS documents, by namespace: a wrong name would show no data, without an error. */
export const KNOWN_METRICS: { [namespace: string]: { metrics: string[]; dimensions: string[][] } } = {
  'AWS/States': {
    metrics: [
      'ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted', 'ExecutionThrottled', 'ExecutionTime',
      'ExpressExecutionBilledDuration', 'ExpressExecutionBilledMemory',
    ],
    dimensions: [['StateMachineArn']],
  },
  'AWS/Lambda': { metrics: ['Invocations', 'Errors', 'Throttles', 'Duration', 'IteratorAge'], dimensions: [['FunctionName'], ['FunctionName', 'Resource']] },
  'AWS/DynamoDB': {
    metrics: ['ReadThrottleEvents', 'WriteThrottleEvents', 'SystemErrors', 'ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'],
    dimensions: [['TableName'], ['Operation', 'TableName']],
  },
  'AWS/SQS': { metrics: ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'], dimensions: [['QueueName']] },
  'AWS/SNS': { metrics: ['NumberOfMessagesPublished', 'NumberOfNotificationsFailed', 'NumberOfNotificationsFailedToRedriveToDlq'], dimensions: [['TopicName']] },
  'AWS/ApiGateway': {
    metrics: ['Count', '4xx', '5xx', 'Latency', 'ConnectCount', 'MessageCount', 'ClientError', 'IntegrationError'],
    dimensions: [['ApiId'], ['ApiId', 'Stage']],
  },
};

