import { App, Stack } from 'aws-cdk-lib';
import { HttpJwtAuthorizer, WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import {
  EmailNotifier, HttpIntake, IOrderIntake, OrderProcessingWorkflow, OrderProcessingWorkflowProps, QueueIntake, SendConfirmation, WebSocketIntake,
} from '../../src';

const sender = 'shop@example.com';
const confirms = (recipient?: string) => ({ closingSteps: [new SendConfirmation({ sender, recipient })] });
const notifies = (recipient?: string) => ({ notifiers: [new EmailNotifier({ sender, recipient })] });
const open = () => new HttpIntake({ openToAll: true });

/** Parts are added after the workflow is made, as they may be. */
function synthesized(intake: IOrderIntake, props: OrderProcessingWorkflowProps): () => void {
  return () => {
    const app = new App({ analyticsReporting: false });
    const { notifiers = [], ...others } = props;
    const workflow = new OrderProcessingWorkflow(new Stack(app, 'Shop'), 'Orders', { statusFeed: {}, ...others });
    workflow.addIntake(intake);
    notifiers.forEach((notifier) => workflow.addNotifier(notifier));
    app.synth();
  };
}

describe('mail to the address in the order', () => {
  test.each<[string, OrderProcessingWorkflowProps, string]>([
    ['a confirmation', confirms(), 'SendConfirmation'],
    ['a confirmation to an address that is read from the order', confirms('{% $states.input.email %}'), 'SendConfirmation'],
    ['a notifier', notifies(), 'Email'],
  ])('%s is refused for orders of any caller over HTTP, with both remedies', (_what, props, part) => {
    expect(synthesized(open(), props)).toThrow(
      `through the intake Http, and ${part} sends mail to the address in the order, so that anyone could send mail of your domain to any address:`
      + ` set its authorizer instead of openToAll, or set recipient of ${part}`);
  });

  test('is refused for orders of any caller over WebSocket', () => {
    expect(synthesized(new WebSocketIntake(), notifies())).toThrow(
      /through the intake WebSocket, and Email sends mail .*: set the authorizer of statusFeed, or set recipient of Email/);
  });

  test.each<[string, IOrderIntake, OrderProcessingWorkflowProps]>([
    ['backends, by IAM', new HttpIntake(), { ...confirms(), ...notifies() }],
    ['callers whom an authorizer knows', new HttpIntake({
      authorizer: new HttpJwtAuthorizer('Customers', 'https://issuer.example', { jwtAudience: ['orders'] }),
    }), notifies()],
    ['callers whom the authorizer of the feed knows', new WebSocketIntake(), { ...notifies(), statusFeed: { authorizer: new WebSocketIamAuthorizer() } }],
    ['a queue', new QueueIntake(), notifies()],
  ])('is sent for orders of %s', (_whom, intake, props) => {
    expect(synthesized(intake, props)).not.toThrow();
  });
});

test('mail to an address of the team is sent for orders of any caller', () => {
  expect(synthesized(open(), { ...confirms('orders@example.com'), ...notifies('orders@example.com') })).not.toThrow();
});
