/**
 * Options that every notifier has.
 */
export interface NotifierOptions {
  /**
   * The name of the notifier, unique among the notifiers of its workflow.
   *
   * @default - the class without `Notifier`, such as `Queue`
   */
  readonly notifierName?: string;

  /**
   * The statuses to deliver.
   *
   * @default - all
   */
  readonly statuses?: string[];
}
