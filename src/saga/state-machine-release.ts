import { aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * A published version of a state machine and an alias on it, so that running executions keep their definition.
 *
 * Each change of the definition publishes another version. CloudFormation deletes the one before as soon as the alias is on the new one, as a
 * machine has at most 1,000: the executions that run on a deleted version go on, with its definition.
 *
 * There is no construct of a higher level for either.
 *
 * @internal
 */
export class StateMachineRelease extends Construct {
  public readonly aliasArn: string;

  constructor(scope: Construct, id: string, stateMachine: sfn.StateMachine) {
    super(scope, id);
    const resource = stateMachine.node.defaultChild as sfn.CfnStateMachine;
    const version = new sfn.CfnStateMachineVersion(this, 'Version', {
      stateMachineArn: stateMachine.stateMachineArn,
      stateMachineRevisionId: resource.attrStateMachineRevisionId,
    });
    const alias = new sfn.CfnStateMachineAlias(this, 'Alias', {
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
    });
    this.aliasArn = alias.attrArn;
  }
}
