import { Caller } from './service';
import { ServiceCalls } from './service-calls';
import { ServiceError } from './service-error';
import { JsonObject } from '../json';

/** Hands a message to whatever an ARN names, as the services of AWS do among each other. */
export async function deliver(calls: ServiceCalls, caller: Caller, arn: string, message: string): Promise<void> {
  const [, , service, , , ...resource] = arn.split(':');
  const send = (operation: string, input: JsonObject) => calls.perform({ service, operation, input, caller });
  switch (service) {
    case 'lambda':
      await send('Invoke', { FunctionName: arn, InvocationType: 'Event', Payload: message });
      return;
    case 'sqs':
      await send('SendMessage', { QueueUrl: arn, MessageBody: message });
      return;
    case 'sns':
      await send('Publish', { TopicArn: arn, Message: message });
      return;
    case 'states':
      await send('StartExecution', { stateMachineArn: arn, input: message });
      return;
    default:
      throw new ServiceError(
        'InvalidParameterValueException',
        `nothing can be delivered to ${service} ${resource.join(':')} (${arn}) locally`,
      );
  }
}

/** Whether `deliver` knows a way to what the ARN names. */
export function isDeliverable(arn: string): boolean {
  return ['lambda', 'sqs', 'sns', 'states'].includes(arn.split(':')[2]);
}
