import { IOrderStep, IStepHost, InvokeFunction, OrderStepConfig } from 'cdk-order-workflow';
import { Construct } from 'constructs';
import { ownFunction } from './own-function';

/** A step of the team's own: `new FraudCheck()` brings its functions along, and how they are undone. */
export class FraudCheck implements IOrderStep {
  public readonly stepName = 'FraudCheck';

  public bind(scope: Construct, host: IStepHost): OrderStepConfig {
    return new InvokeFunction({
      stepName: this.stepName,
      handler: ownFunction(scope, 'checkFraud'),
      undoHandler: ownFunction(scope, 'forgetScore'),
      acceptedStatus: 'CLEARED',
      rejectedStatuses: ['SUSPICIOUS'],
    }).bind(scope, host);
  }
}
