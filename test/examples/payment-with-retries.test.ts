import { orderMachinesIn } from '../../examples/definition';
import { templatesOf } from '../../examples/synth';

const [{ States }] = orderMachinesIn(templatesOf('payment-with-retries').get('Payments')!);

test('the statuses of the payment and of the completion are written by the state machine itself', () => {
  const resources = ['Record ProcessPayment', 'Complete order'].map((name) => States[name].Resource);

  expect(resources).toEqual(resources.map(() => expect.stringMatching(/^arn:\w+:states:::dynamodb:updateItem$/)));
});

test('the completion is published by the state machine itself', () => {
  const [{ StartAt, States: inner }] = States.NotifyCompletion.Branches!;

  expect(Object.keys(inner)).toEqual([StartAt]);
  expect(inner[StartAt].Resource).toMatch(/^arn:\w+:states:::sns:publish$/);
});
