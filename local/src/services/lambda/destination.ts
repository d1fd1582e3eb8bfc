import { Need, need } from '../access/need';

/** What a function's role must be allowed before something that the function failed on can be sent there. */
export interface DestinationCall {
  readonly operation: string;
  readonly service: string;
  readonly needs: readonly Need[];
}

const CALLS: Readonly<Record<string, readonly [operation: string, service: string]>> = {
  sqs: ['SendMessage', 'SQS'],
  sns: ['Publish', 'SNS'],
  lambda: ['InvokeFunction', 'Lambda'],
  events: ['PutEvents', 'EventBridge'],
};

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export function callTo(destinationArn: string): DestinationCall {
  const service = destinationArn.split(':')[2];
  const [operation, title] = CALLS[service] ?? ['SendMessage', service];
  return { operation, service: title, needs: [need(`${service}:${operation}`, destinationArn)] };
}
