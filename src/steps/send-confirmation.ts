import { Duration, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IOrderStep, OrderStepBindOptions, OrderStepConfig } from './order-step';
import { StepSettings } from './step-settings';
import { serviceRetrier } from '../private/retries';
import { senderArns } from '../private/sender';
import { jsonata } from '../jsonata/expressions';

/**
 * The mail that confirms an order.
 *
 * Its texts may be JSONata in `{% %}` with the order as `$states.input`.
 */
export interface SendConfirmationProps extends StepSettings {
  /**
   * The sender: an address that SES has verified, or one of a verified domain.
   */
  readonly from: string;

  /**
   * The recipient.
   *
   * @default - the order's `email`; an order without one is not confirmed by mail
   */
  readonly to?: string;

  /**
   * The subject.
   *
   * @default - "Your order" and its id
   */
  readonly subject?: string;

  /**
   * The text.
   *
   * @default - a sentence with the order's id, total and currency
   */
  readonly text?: string;

  /**
   * The SES configuration set to send with.
   *
   * @default - the default one of the sender
   */
  readonly configurationSetName?: string;
}

/** As it is written on a bill: 60, 59.90, and 1.555 where a currency has three decimals. */
const TOTAL = "($total := $states.input.totalAmount; $formatNumber($total, $total = $floor($total) ? '0' : '0.00#'))";

/**
 * Confirms a completed order by mail: a closing step, straight from the state machine to SES.
 */
export class SendConfirmation implements IOrderStep {
  public readonly stepName: string;

  /**
   * @param props what to send
   */
  constructor(private readonly props: SendConfirmationProps) {
    this.stepName = props.stepName ?? 'SendConfirmation';
  }

  public bind(scope: Construct, _options: OrderStepBindOptions): OrderStepConfig {
    const { from, to, configurationSetName, timeout, retry } = this.props;
    const subject = this.props.subject ?? jsonata("'Your order ' & $states.input.orderId");
    const text = this.props.text ?? jsonata("'Thank you. Your order ' & $states.input.orderId & ' over ' "
      + `& ${TOTAL} & ' ' & $states.input.currency & ' is complete.'`);
    const utf8 = (data: string) => ({ Data: data, Charset: 'UTF-8' });
    const send = tasks.CallAwsService.jsonata(scope, 'Task', {
      stateName: this.stepName,
      service: 'sesv2',
      action: 'sendEmail',
      iamAction: 'ses:SendEmail',
      iamResources: senderArns(scope, from),
      taskTimeout: sfn.Timeout.duration(timeout ?? Duration.seconds(30)),
      parameters: {
        FromEmailAddress: from,
        Destination: { ToAddresses: [to ?? jsonata('$states.input.email')] },
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text) } } },
        ...(configurationSetName ? { ConfigurationSetName: configurationSetName } : {}),
      },
      outputs: jsonata('$states.input'),
    });
    send.addRetry(serviceRetrier(retry));
    return { action: send, closing: true, onlyIf: to ? undefined : '$exists($states.input.email)' };
  }
}
