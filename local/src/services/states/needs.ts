import { JsonObject } from '../../json';
import { machineOf, unqualified } from '../access/execution-arn';
import { keyNeeds } from '../access/key-needs';
import { Need, need, NeedsOf, NeedTable } from '../access/need';
import { PolicyBook } from '../access/policy-book';

/** What the role of a machine needs of the key that encrypts its executions. */
export function keyNeedsOfMachine(book: PolicyBook, machine: string): Need[] {
  return keyNeeds(book, machine, ['GenerateDataKey', 'Decrypt'], contextOf(machine));
}

function contextOf(machine: string) {
  return { 'kms:EncryptionContext:aws:states:stateMachineArn': machine };
}

/**
 * What calls to Step Functions need. An alias or a version is a qualifier of the machine, whose ARN is what counts.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
 * Keys: https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
 * @param executionOfToken the ARN of the execution that waits for a task token, if one does
 */
export function statesNeeds(book: PolicyBook, executionOfToken: (token: string) => string | undefined): NeedTable {
  const withKey = (action: string, resource: string, machine: string, ...ofKey: string[]): Need[] =>
    [need(`states:${action}`, resource), ...keyNeeds(book, machine, ofKey, contextOf(machine))];
  const start = (action: string): NeedsOf => ({ stateMachineArn }) => {
    const machine = unqualified(String(stateMachineArn));
    return withKey(action, machine, machine, 'GenerateDataKey', 'Decrypt');
  };
  const ofExecution = (action: string, ...ofKey: string[]): NeedsOf => ({ executionArn }) =>
    withKey(action, String(executionArn), machineOf(String(executionArn)), ...ofKey);
  const ofMachine = (action: string): NeedsOf => ({ stateMachineArn }) => [need(`states:${action}`, unqualified(String(stateMachineArn)))];
  const ofToken = (action: string): NeedsOf => ({ taskToken }: JsonObject) => {
    const execution = executionOfToken(String(taskToken));
    return execution === undefined ? [] : [need(`states:${action}`, machineOf(execution))];
  };
  return {
    StartExecution: start('StartExecution'),
    StartSyncExecution: start('StartSyncExecution'),
    StopExecution: ofExecution('StopExecution'),
    DescribeExecution: ofExecution('DescribeExecution', 'Decrypt'),
    GetExecutionHistory: ofExecution('GetExecutionHistory', 'Decrypt'),
    ListExecutions: ofMachine('ListExecutions'),
    DescribeStateMachine: ofMachine('DescribeStateMachine'),
    SendTaskSuccess: ofToken('SendTaskSuccess'),
    SendTaskFailure: ofToken('SendTaskFailure'),
    SendTaskHeartbeat: ofToken('SendTaskHeartbeat'),
  };
}
