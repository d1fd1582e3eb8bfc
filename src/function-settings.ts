import { RemovalPolicy, aws_ec2 as ec2, aws_kms as kms, aws_lambda as lambda, aws_logs as logs } from 'aws-cdk-lib';

/**
 * Settings of the Lambda functions that the library creates.
 */
export interface FunctionSettings {
  /**
   * The Node.js runtime. The bundles need Node.js 24 or later.
   *
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: lambda.Runtime;

  /**
   * The instruction set architecture.
   *
   * @default Architecture.ARM_64
   */
  readonly architecture?: lambda.Architecture;

  /**
   * The memory in MB, which also determines the share of a CPU.
   *
   * @default 256
   */
  readonly memorySize?: number;

  /**
   * The VPC of the functions.
   *
   * @default - no VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the functions, when there is a VPC.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the functions, when there is a VPC.
   *
   * @default - a group for each function
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The X-Ray tracing mode.
   *
   * @default Tracing.ACTIVE
   */
  readonly tracing?: lambda.Tracing;

  /**
   * Additional environment variables.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * The KMS key that encrypts the environment variables.
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
   * How long the logs of a new log group are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * What happens to a new log group when its stack is deleted.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly logRemovalPolicy?: RemovalPolicy;

  /**
   * The KMS key that encrypts a new log group.
   *
   * @default - the key that AWS owns
   */
  readonly logEncryptionKey?: kms.IKey;
}
