/** The error names of the functions, which retriers and catchers of the state machine match. */
export type FailureName =
  | 'InvalidEvent'
  | 'InvalidOrder'
  | 'NotOwner'
  | 'NothingToDecide'
  | 'NothingToRepair'
  | 'OrderNotFound'
  | 'OrdersLeftOpen'
  | 'OutcomeUnknown'
  | 'ServiceUnavailable'
  | 'StillAtWork'
  | 'TransactionConflict'
  | 'UnexpectedOrderState';

/** An error whose name survives minification, unlike that of a class. */
export class Failure extends Error {
  public constructor(public readonly name: FailureName, message: string, cause?: unknown) {
    super(message, { cause });
  }
}
