import { App, Stack } from 'aws-cdk-lib';
import { definitionsIn } from '../../examples/definition';
import { templatesOf } from '../../examples/synth';
import { EmailAlert, IAlertTarget, OrderProcessingWorkflow } from '../../src';

const template = templatesOf('queue-and-alerts').get('Orders')!;

test('each function does one thing: it is one of the team or stands behind one part of the workflow', () => {
  const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const handlers = functions.map(({ Properties: { Handler, Description } }) => Description ?? Handler);

  expect(handlers).toEqual(expect.arrayContaining(['createOrder.handler', 'processOrder.handler', 'notifyOrder.handler', 'Posts alerts to Slack']));
  expect(new Set(handlers).size).toBe(handlers.length);
});

test('one more alert target changes no state of the workflow', () => {
  const [without, withOne] = [[], [new EmailAlert('operations@example.com')]].map((alertTargets: IAlertTarget[]) => {
    const app = new App();
    new OrderProcessingWorkflow(new Stack(app, 'Orders'), 'Orders', { alertTargets });
    return definitionsIn(app.synth().getStackByName('Orders').template);
  });

  expect(withOne).toEqual(without);
});
