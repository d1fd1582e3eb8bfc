/** The names under which a function of ours fails: what a retrier or catcher of the state machine matches. */
export type FailureName =
  | 'InvalidEvent'
  | 'InvalidOrder'
  | 'NotOwner'
  | 'NothingToDecide'
  | 'NothingToRepair'
  | 'OrderNotFound'
  | 'OrdersLeftOpen'
  | 'ServiceUnavailable'
  | 'StillAtWork'
  | 'TransactionConflict'
  | 'UnexpectedOrderState';

/** A failure with a name that survives minification, unlike that of a class. */
export class Failure extends Error {
  public constructor(public readonly name: FailureName, message: string, cause?: unknown) {
    super(message, { cause });
  }
}
