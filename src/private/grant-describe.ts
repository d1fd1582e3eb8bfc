import { ArnFormat, Stack, aws_iam as iam, aws_stepfunctions as sfn } from 'aws-cdk-lib';

/**
 * Grants the principal permission to describe the executions of state machines.
 *
 * @internal
 */
export function grantDescribe(grantee: iam.IGrantable, machines: sfn.StateMachine[], ...actions: string[]): void {
  iam.Grant.addToPrincipal({
    grantee,
    actions,
    resourceArns: machines.map((machine) => Stack.of(machine).formatArn({
      service: 'states', resource: 'execution', resourceName: `${machine.stateMachineName}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })),
  });
}
