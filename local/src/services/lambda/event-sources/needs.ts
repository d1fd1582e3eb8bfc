import { keyNeeds } from '../../access/key-needs';
import { Need, need } from '../../access/need';
import { PolicyBook } from '../../access/policy-book';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export function queueNeeds(book: PolicyBook, queueArn: string): Need[] {
  return [
    ...['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => need(`sqs:${action}`, queueArn)),
    ...keyNeeds(book, queueArn, ['Decrypt'], { 'kms:EncryptionContext:aws:sqs:arn': queueArn }),
  ];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html */
export function streamNeeds(book: PolicyBook, streamArn: string): Need[] {
  const [tableArn] = streamArn.split('/stream/');
  return [
    ...['GetRecords', 'GetShardIterator', 'DescribeStream'].map((action) => need(`dynamodb:${action}`, streamArn)),
    ...keyNeeds(book, tableArn, ['Decrypt']),
  ];
}
