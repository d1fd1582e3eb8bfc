import { Duration, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClosingStepConfig, IClosingStep } from './closing-step';
import { StepSettings } from './step-settings';
import { jsonata } from '../jsonata/expressions';
import { noteMailToCustomer } from '../private/open-mail';
import { serviceRetrier } from '../private/retries';
import { senderArns } from '../private/sender';
import { IStepHost } from '../step-host';

/**
 * Properties for SendConfirmation.
 *
 * The texts may be JSONata in `{% %}` with the order as `$states.input`.
 */
export interface SendConfirmationProps extends StepSettings {
  /**
   * The sender: an email address that is verified in SES, or one of a verified domain.
   */
  readonly sender: string;

  /**
   * The parent domain that SES has verified, if neither the address of the sender nor its domain was verified.
   *
   * @default - the address or its domain was verified
   */
  readonly verifiedDomain?: string;

  /**
   * The recipient.
   *
   * @default - the order's `email`; the step is skipped for an order without one
   */
  readonly recipient?: string;

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
   * @default - the default one of the sender, see `defaultConfigurationSetName`
   */
  readonly configurationSetName?: string;

  /**
   * The default configuration set of the identity of the sender, with which SES sends if there is no `configurationSetName`: it takes a permission.
   *
   * @default - the identity has none
   */
  readonly defaultConfigurationSetName?: string;
}

/** As an invoice shows it: 60, 59.90, and 1.555 where a currency has three decimals. */
const TOTAL = "($total := $states.input.totalAmount; $formatNumber($total, $total = $floor($total) ? '0' : '0.00#'))";

/**
 * Sends an email that confirms a completed order, by SES directly from the state machine.
 */
export class SendConfirmation implements IClosingStep {
  public readonly stepName: string;

  /**
   * @param props properties of the step
   */
  constructor(private readonly props: SendConfirmationProps) {
    this.stepName = props.stepName ?? 'SendConfirmation';
  }

  public bind(scope: Construct, _host: IStepHost): ClosingStepConfig {
    const { sender, recipient, configurationSetName, timeout, retry } = this.props;
    if (!recipient || recipient.startsWith('{%')) {
      noteMailToCustomer(scope, this.stepName);
    }
    const subject = this.props.subject ?? jsonata("'Your order ' & $states.input.orderId");
    const text = this.props.text ?? jsonata("'Thank you. Your order ' & $states.input.orderId & ' over ' "
      + `& ${TOTAL} & ' ' & $states.input.currency & ' is complete.'`);
    const utf8 = (data: string) => ({ Data: data, Charset: 'UTF-8' });
    const send = tasks.CallAwsService.jsonata(scope, 'Task', {
      stateName: this.stepName,
      service: 'sesv2',
      action: 'sendEmail',
      iamAction: 'ses:SendEmail',
      iamResources: senderArns(scope, this.props),
      taskTimeout: sfn.Timeout.duration(timeout ?? Duration.seconds(30)),
      parameters: {
        FromEmailAddress: sender,
        Destination: { ToAddresses: [recipient ?? jsonata('$states.input.email')] },
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text) } } },
        ...(configurationSetName ? { ConfigurationSetName: configurationSetName } : {}),
      },
      outputs: jsonata('$states.input'),
    });
    send.addRetry(serviceRetrier(retry));
    return ClosingStepConfig.task({ states: send, onlyIf: recipient ? undefined : '$exists($states.input.email)' });
  }
}
