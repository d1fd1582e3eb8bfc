import { Stack, aws_iam as iam, aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NotifierOptions } from './notifier-options';
import { functionTarget, notifierRule } from './notifier-rule';
import { IOrderNotifier } from './order-notifier';
import { IOrderWorkflow } from '../order-workflow';
import { noteMailToCustomer } from '../private/open-mail';
import { bundledCode } from '../private/order-function';
import { checkPossible } from '../private/possible-values';
import { senderArns } from '../private/sender';
import { ValidationError } from '../private/validation-error';

/**
 * The email for one status.
 *
 * `{orderId}`, `{status}`, `{reason}`, `{totalAmount}`, `{currency}` and the other fields of the event are placeholders for their values.
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
 * Properties for EmailNotifier.
 */
export interface EmailNotifierProps extends NotifierOptions {
  /**
   * The sender: an address that SES has verified, or one of a verified domain.
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
   * @default - the order's `email`; an order without one gets no email
   */
  readonly recipient?: string;

  /**
   * The texts by status.
   *
   * @default - a sentence with the order's id and its status
   */
  readonly texts?: { [status: string]: EmailText };

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

/** The limit of Lambda for the names and values of a function's environment variables together. */
const MAX_ENVIRONMENT_BYTES = 4096;

/**
 * Sends changes of status to the customer by email.
 */
export class EmailNotifier implements IOrderNotifier {
  /**
   * The name of the notifier.
   */
  public readonly notifierName: string;

  private made?: lambda.Function;

  /**
   * @param props properties
   */
  constructor(private readonly props: EmailNotifierProps) {
    this.notifierName = props.notifierName ?? 'Email';
    for (const [status, { subject }] of Object.entries(props.texts ?? {})) {
      if (/[\r\n]/.test(subject)) {
        throw new ValidationError(`the subject of texts.${status} has a line break, which would begin another header: move it to the text`);
      }
    }
  }

  /**
   * The function that sends, once the notifier is part of a workflow.
   */
  public get sendFunction(): lambda.Function {
    if (!this.made) {
      throw new ValidationError('this EmailNotifier is not part of a workflow yet, so it has no function: pass it to a workflow first');
    }
    return this.made;
  }

  public bind(scope: Construct, workflow: IOrderWorkflow): void {
    const { sender, recipient, statuses, texts = {}, configurationSetName } = this.props;
    checkPossible(scope, { prop: 'texts', what: 'a status', values: Object.keys(texts), possible: workflow.orderStatuses });
    const send = workflow.newFunction(scope, 'Function', {
      displayName: `${scope.node.id} notifier`,
      code: bundledCode('notifiers/email-notifier'),
      description: 'Sends changes of status by email',
      environment: {
        SENDER: sender,
        TEXTS: JSON.stringify(texts),
        ...(recipient ? { RECIPIENT: recipient } : {}),
        ...(configurationSetName ? { CONFIGURATION_SET: configurationSetName } : {}),
      },
    });
    this.made = send;
    checkEnvironmentSize(send);
    send.addToRolePolicy(new iam.PolicyStatement({ actions: ['ses:SendEmail'], resources: senderArns(scope, this.props) }));
    if (!recipient) {
      noteMailToCustomer(scope, this.notifierName);
    }
    notifierRule(scope, workflow, statuses, (delivery) => functionTarget(scope, send, delivery));
  }
}

/** Counts the environment variables that the workflow sets for all functions, too. */
function checkEnvironmentSize(fn: lambda.Function): void {
  const { environment } = fn.node.defaultChild as lambda.CfnFunction;
  const { variables } = Stack.of(fn).resolve(environment) as { readonly variables: object };
  const bytes = Buffer.byteLength(Object.entries(variables).flat().filter((text) => typeof text === 'string').join(''));
  if (bytes > MAX_ENVIRONMENT_BYTES) {
    throw new ValidationError(
      `texts make the environment of a function ${bytes} bytes, and Lambda allows ${MAX_ENVIRONMENT_BYTES}:`
      + ' shorten them, or divide the statuses among several EmailNotifiers',
      fn,
    );
  }
}
