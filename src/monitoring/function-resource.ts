import { aws_lambda as lambda } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The resource of a function; that of an alias or a version is its function's, and an imported function has none. @internal */
export function functionResource(fn: lambda.IFunction): lambda.CfnFunction | undefined {
  const { lambda: behind } = fn as { lambda?: lambda.IFunction };
  const resource: IConstruct | undefined = behind ? functionResource(behind) : fn.node.defaultChild;
  return resource && 'memorySize' in resource ? resource as lambda.CfnFunction : undefined;
}
