import * as path from 'path';
import { Duration, aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConfiguredFunction } from './configured-function';
import { FunctionSettings } from '../function-settings';

/** @internal */
export interface OrderFunctionProps {
  /** Path of the handler's bundle below assets/lambda-src, without the file name. */
  readonly bundle: string;
  readonly description: string;
  /** The name that the monitoring shows; its path within the workflow if there is none. */
  readonly displayName?: string;
  readonly settings?: FunctionSettings;
  readonly timeout?: Duration;
  readonly environment?: { [name: string]: string };
}

const BUNDLES = path.join(__dirname, '..', '..', 'assets', 'lambda-src');

/** The code of a handler that was bundled when the library was built. @internal */
export function bundledCode(bundle: string): lambda.Code {
  return lambda.Code.fromAsset(path.join(BUNDLES, bundle));
}

/**
 * A function of the library.
 *
 * @internal
 */
export class OrderFunction extends ConfiguredFunction {
  public readonly bundle: string;

  constructor(scope: Construct, id: string, { bundle, ...props }: OrderFunctionProps) {
    super(scope, id, { ...props, code: bundledCode(bundle) });
    this.bundle = bundle;
  }
}
