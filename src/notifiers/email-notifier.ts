import { aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { functionTarget, notifierRule } from './notifier-rule';
import { IOrderNotifier, NotifierOptions, OrderNotifierBindOptions } from './order-notifier';
import { checkStatuses } from './possible-status';
import { OrderFunction } from '../private/order-function';
import { senderArns } from '../private/sender';
import { ValidationError } from '../private/validation-error';

/**
 * What a mail says of a status.
 *
 * `{orderId}`, `{status}`, `{reason}`, `{totalAmount}`, `{currency}` and the other fields of the event stand for their
 * values.
 */
export interface EmailText {
  /**
   * The subject.
   */
  readonly subject: string;

  /**
   * The text.
   */
  readonly text: string;
}

/**
 * Which mails are sent.
 */
export interface EmailNotifierProps extends NotifierOptions {
  /**
   * The sender: an address that SES has verified, or one of a verified domain.
   */
  readonly from: string;

  /**
   * The recipient.
   *
   * @default - the order's `email`; orders without one get no mail
   */
  readonly to?: string;

  /**
   * The texts by status.
   *
   * @default - a sentence with the order's id and its status
   */
  readonly texts?: { [status: string]: EmailText };
}

/** What Lambda keeps of a function's environment, names and values together. */
const MAX_ENVIRONMENT_BYTES = 4096;

/**
 * Mails changes of status to the customer.
 */
export class EmailNotifier implements IOrderNotifier {
  /**
   * @param props which mails
   */
  constructor(private readonly props: EmailNotifierProps) {
    for (const [status, { subject }] of Object.entries(props.texts ?? {})) {
      if (/[\r\n]/.test(subject)) {
        throw new ValidationError(`subject of the mail for ${status} has a line break, which would begin a header: put it into the text`);
      }
    }
  }

  public bind(scope: Construct, options: OrderNotifierBindOptions): void {
    const { from, to, texts = {} } = this.props;
    checkStatuses(scope, options, 'texts', Object.keys(texts));
    const environment = { SENDER: from, TEXTS: JSON.stringify(texts), ...(to ? { RECIPIENT: to } : {}) };
    checkSize(scope, { ...options.functionSettings?.environment, ...environment });
    const send = new OrderFunction(scope, 'Function', {
      displayName: `${scope.node.id} notifier`,
      bundle: 'notifiers/email-notifier',
      description: 'Mails changes of orders',
      settings: options.functionSettings,
      environment,
    });
    send.addToRolePolicy(new iam.PolicyStatement({ actions: ['ses:SendEmail'], resources: senderArns(scope, from) }));
    notifierRule(scope, options, this.props, (delivery) => functionTarget(send, delivery));
  }
}

function checkSize(scope: Construct, environment: { [name: string]: string }): void {
  const bytes = Buffer.byteLength(Object.entries(environment).flat().join(''));
  if (bytes > MAX_ENVIRONMENT_BYTES) {
    throw new ValidationError(
      `texts make the environment of a function ${bytes} bytes, and Lambda takes ${MAX_ENVIRONMENT_BYTES}:`
      + ' shorten them, or share the statuses out among several EmailNotifiers',
      scope,
    );
  }
}
