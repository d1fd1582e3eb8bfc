import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ValidationError } from './validation-error';

/** @internal */
export interface PossibleValues {
  /** The property with the values. */
  readonly prop: string;
  /** What each value is, such as `a status`. */
  readonly what: string;
  readonly values?: string[];
  readonly possible: string[];
}

/**
 * Refuses a value that can never occur: with a typing error in it, a filter would match nothing without an error.
 *
 * @internal
 */
export function checkPossible(scope: Construct, { prop, what, values = [], possible }: PossibleValues): void {
  const impossible = values.find((value) => !Token.isUnresolved(value) && !possible.includes(value));
  if (impossible !== undefined) {
    throw new ValidationError(
      `${prop} of ${scope.node.id} contains '${impossible}', which is not ${what} of this workflow: use ${possible.join(', ')}`, scope,
    );
  }
}
