import { Annotations, Duration, Token, aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderStep } from './order-step';
import { OrderStepConfig } from './order-step-config';
import { paymentStep } from './payment-step';
import { StepSettings } from './step-settings';
import { grantTable } from '../private/grant-table';
import { bundledCode } from '../private/order-function';
import { ORDER_FUNCTION_TRANSIENT } from '../private/retries';
import { ValidationError } from '../private/validation-error';
import { IStepHost } from '../step-host';
import { orderWorkflowTable } from '../tables/order-workflow-table';

/**
 * Properties for ProcessPayment.simulated.
 */
export interface SimulatedPaymentProps extends StepSettings {
  /**
   * The share of the charges that are approved, from 0 to 1.
   *
   * @default 1
   */
  readonly approvalRate?: number;

  /**
   * Decides which charges those are: with the same seed, an order always has the same outcome.
   *
   * @default - a fixed seed
   */
  readonly seed?: string;

  /**
   * The status of an order that was paid.
   *
   * @default PAID
   */
  readonly acceptedStatus?: string;

  /**
   * The status of an order whose payment was declined.
   *
   * @default PAYMENT_DECLINED
   */
  readonly rejectedStatus?: string;
}

/**
 * Fulfils the payment contract with a ledger table instead of a provider.
 *
 * @internal
 */
export class SimulatedPayment implements IOrderStep {
  public readonly stepName: string;

  constructor(private readonly props: SimulatedPaymentProps) {
    this.stepName = props.stepName ?? 'ProcessPayment';
    const rate = props.approvalRate;
    if (rate !== undefined && !Token.isUnresolved(rate) && !(rate >= 0 && rate <= 1)) {
      throw new ValidationError(`approvalRate of ${this.stepName} is ${rate}: give a share from 0 (all are declined) to 1 (all are approved)`);
    }
  }

  public bind(scope: Construct, host: IStepHost): OrderStepConfig {
    Annotations.of(scope).addWarningV2(
      'cdk-order-workflow:simulatedPayment',
      `${this.stepName} only simulates payments: no money moves. Use ProcessPayment with functions of your payment provider in production.`,
    );
    const { approvalRate, seed, retry, ...settings } = this.props;
    const ledger = orderWorkflowTable(scope, 'Ledger', {
      displayName: `${this.stepName} ledger`,
      partitionKey: { name: 'key', type: dynamodb.AttributeType.STRING },
      encryptionKey: host.encryptionKey,
      removalPolicy: host.removalPolicy,
    });
    const provider = (id: string, bundle: string, description: string, actions: string[]) => {
      const fn = host.newFunction(scope, id, {
        displayName: `${this.stepName} ${id === 'ChargeFunction' ? 'charge' : 'refund'}`,
        code: bundledCode(bundle),
        description,
        timeout: Duration.seconds(10),
        environment: { LEDGER_TABLE: ledger.tableName, APPROVAL_RATE: String(approvalRate ?? 1), SEED: seed ?? 'simulated' },
      });
      grantTable(ledger, fn, ...actions);
      return fn;
    };
    return paymentStep(scope, this.stepName, host, {
      ...settings,
      retry: { errors: ORDER_FUNCTION_TRANSIENT, ...retry },
      charge: provider('ChargeFunction', 'steps/simulated-charge', 'Simulates a charge', ['dynamodb:GetItem', 'dynamodb:PutItem']),
      refund: provider('RefundFunction', 'steps/simulated-refund', 'Simulates a refund', ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']),
    });
  }
}
