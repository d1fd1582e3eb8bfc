import { ArnFormat, Duration, Stack, aws_iam as iam, aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { orderLogGroup } from './order-log-group';
import { FunctionSettings } from '../function-settings';
import { HostFunctionProps } from '../step-host';
import { WatchList } from '../watch-list';

/** @internal */
export interface ConfiguredFunctionProps extends HostFunctionProps {
  readonly settings?: FunctionSettings;
}

/**
 * A function with the settings of its workflow, a role of its own and a log group.
 *
 * @internal
 */
export class ConfiguredFunction extends lambda.Function {
  constructor(scope: Construct, id: string, props: ConfiguredFunctionProps) {
    const settings = props.settings ?? {};
    const namespace = new Construct(scope, `${id}Resources`);
    const logGroup = settings.logGroup ?? orderLogGroup(namespace, 'Logs', {
      retention: settings.logRetention,
      removalPolicy: settings.logRemovalPolicy,
      encryptionKey: settings.logEncryptionKey,
    });
    super(scope, id, {
      description: props.description,
      runtime: props.runtime ?? settings.runtime ?? lambda.Runtime.NODEJS_24_X,
      architecture: settings.architecture ?? lambda.Architecture.ARM_64,
      memorySize: settings.memorySize ?? 256,
      timeout: props.timeout ?? Duration.seconds(10),
      code: props.code,
      handler: props.handler ?? 'index.handler',
      role: executionRole(namespace, settings),
      logGroup,
      // Log lines of the runtime then have the same form as those of the handlers.
      loggingFormat: lambda.LoggingFormat.JSON,
      tracing: settings.tracing ?? lambda.Tracing.ACTIVE,
      vpc: settings.vpc,
      vpcSubnets: settings.vpcSubnets,
      securityGroups: settings.securityGroups,
      environmentEncryption: settings.environmentEncryption,
      environment: { ...settings.environment, ...props.environment },
    });
    logGroup.grantWrite(this);
    const watchList = WatchList.of(this);
    watchList.function(props.displayName ?? watchList._pathOf(this), this);
  }
}

/** Not the managed policy, which may write to every log group of the account. */
function executionRole(scope: Construct, settings: FunctionSettings): iam.Role {
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  if (settings.vpc) {
    const stack = Stack.of(scope);
    role.addToPolicy(new iam.PolicyStatement({
      actions: [
        'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
      ],
      resources: ['network-interface', 'subnet', 'security-group'].map((resource) =>
        stack.formatArn({ service: 'ec2', resource, resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME })),
    }));
    role.addToPolicy(new iam.PolicyStatement({
      // Describing network interfaces cannot be limited to a resource.
      actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'],
      resources: ['*'],
    }));
  }
  return role;
}
