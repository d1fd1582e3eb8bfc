import { join } from 'path';
import { Duration, aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** A function of the team, of the file in `functions` that is named as it is. */
export function ownFunction(scope: Construct, name: string, environment?: { [name: string]: string }): lambda.Function {
  return new lambda.Function(scope, name, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: `${name}.handler`,
    code: lambda.Code.fromAsset(join(__dirname, 'functions')),
    timeout: Duration.seconds(5),
    environment,
  });
}
