import { RemovalPolicy, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * A published version of a state machine and an alias on it, so that running executions keep their definition.
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
    // Executions that wait for an operator still run on the version before.
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const alias = new sfn.CfnStateMachineAlias(this, 'Alias', {
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
    });
    this.aliasArn = alias.attrArn;
  }
}
