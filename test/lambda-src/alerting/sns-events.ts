import type { SNSEvent } from 'aws-lambda';

export const AT = '2030-01-01T00:00:00.000Z';
export const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:Orders:order-1';

/** The message that the workflow publishes about a failure. */
export const FAILURE = {
  kind: 'order-failed',
  orderId: 'order-1',
  status: 'PAID',
  version: 4,
  step: 'ProcessPayment',
  error: 'States.Timeout',
  cause: 'the bank did not answer',
  execution: EXECUTION,
  at: AT,
};

export const ALARM = {
  AlarmName: 'Shop-DeadLetters',
  AlarmDescription: 'Alerts of Queue were not delivered',
  AlarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:Shop-DeadLetters',
  NewStateValue: 'ALARM',
  NewStateReason: 'Threshold Crossed: 1 datapoint [1.0]',
  StateChangeTime: '2030-01-01T00:00:00.000+0000',
  AWSAccountId: '111122223333',
};

/** A message of the topic, as SNS passes it to a function. */
export function snsEvent(message: object | string, more: { Subject?: string; MessageId?: string } = {}): SNSEvent {
  return {
    Records: [{
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: 'arn:aws:sns:eu-west-1:111122223333:Alerts:1',
      Sns: {
        SignatureVersion: '1',
        Timestamp: AT,
        Signature: '',
        SigningCertUrl: '',
        MessageId: 'message-1',
        Message: typeof message === 'string' ? message : JSON.stringify(message),
        MessageAttributes: {},
        Type: 'Notification',
        UnsubscribeUrl: '',
        TopicArn: 'arn:aws:sns:eu-west-1:111122223333:Alerts',
        Subject: '',
        ...more,
      },
    }],
  };
}

export const failureEvent = (fields: object = {}): SNSEvent => snsEvent({ ...FAILURE, ...fields });
