import { RemovalPolicy, aws_ec2 as ec2, aws_kms as kms, aws_lambda as lambda, aws_logs as logs } from 'aws-cdk-lib';

/**
 * Tunes every Lambda function that the library makes.
 */
export interface FunctionSettings {
  /**
   * The Node.js runtime. The bundles need Node.js 24 or later.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;

  /**
   * The instruction set.
   *
   * @default Architecture.ARM_64
   */
  readonly architecture?: lambda.Architecture;

  /**
   * Memory in MB, which also decides the share of a CPU.
   *
   * @default 256
   */
  readonly memorySize?: number;

  /**
   * The VPC to run in.
   *
   * @default - no VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets to run in, when there is a VPC.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups to use, when there is a VPC.
   *
   * @default - a group for each function
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * X-Ray tracing.
   *
   * @default Tracing.ACTIVE
   */
  readonly tracing?: lambda.Tracing;

  /**
   * Further environment variables.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * The key that encrypts the environment variables.
   *
   * @default - the key that AWS owns
   */
  readonly environmentEncryption?: kms.IKey;

  /**
   * One log group for all functions.
   *
   * @default - a group for each function
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * How long the logs of a group that we make are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * What happens to a log group that we make when its stack is deleted.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly logRemovalPolicy?: RemovalPolicy;

  /**
   * The key that encrypts a log group that we make.
   *
   * @default - the key that AWS owns
   */
  readonly logEncryptionKey?: kms.IKey;
}
