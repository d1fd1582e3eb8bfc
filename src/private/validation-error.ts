import { IConstruct } from 'constructs';

/**
 * A configuration that cannot work, found at synth.
 *
 * The message says where, what was seen, and what to do instead.
 *
 * @internal
 */
export class ValidationError extends Error {
  constructor(message: string, scope?: IConstruct) {
    super(scope ? `${message} (at ${scope.node.path})` : message);
    this.name = 'OrderWorkflowValidationError';
  }
}
