/** The cases that need more than a definition, an input and the tiny functions; never one because it fails. */
export const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  ['865e9c89f877', 'needs S3'],
  ['6d9f096441d0', 'needs a DynamoDB table'],
  ['2c2dfe760b12', 'needs a DynamoDB table'],
  ['e5700b54ce09', 'needs a DynamoDB table'],
  ['7ddd7f4d65e8', 'needs an SQS endpoint'],
  ['df72c3eb28fd', 'needs S3, to write the results to'],
  ['126819ea37c8', 'needs a DynamoDB table'],
  ['bdb283de150a', 'needs a DynamoDB table'],
  ['f6755ff82cdd', 'needs Secrets Manager'],
  ['d933d9913844', 'needs the Step Functions API'],
  ['8aa2e60a6332', 'needs a DynamoDB table'],
  ['7578ac882c49', 'needs a DynamoDB table'],
  ['53a9a396e94b', 'needs an EventBridge bus'],
]);
