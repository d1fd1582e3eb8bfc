import { aws_events as events } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NotifierOptions } from './notifier-options';
import { statusRule } from './notifier-rule';
import { IOrderNotifier } from './order-notifier';
import { IOrderWorkflow } from '../order-workflow';

/**
 * Delivers changes of status to any target of EventBridge.
 *
 * The target itself has the retry policy and the dead-letter queue.
 */
export class EventTargetNotifier implements IOrderNotifier {
  /**
   * The name of the notifier.
   */
  public readonly notifierName: string;

  /**
   * @param target the target
   * @param options the name and the statuses
   */
  constructor(private readonly target: events.IRuleTarget, private readonly options: NotifierOptions = {}) {
    this.notifierName = options.notifierName ?? 'EventTarget';
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    statusRule(scope, workflow, this.target, this.options.statuses);
  }
}
