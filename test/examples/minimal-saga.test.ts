import { orderMachinesIn } from '../../examples/definition';
import { templatesOf } from '../../examples/synth';

const template = templatesOf('minimal-saga').get('MinimalSaga')!;
const { Resources } = template;
const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type);

test('what the inventory and the payment answer is asked by a Choice state behind each', () => {
  const [{ States }] = orderMachinesIn(template);
  const ways = (name: string) => [States[name].Type, ...States[name].Choices!.map(({ Next }) => Next)];

  expect(States.CheckInventory.Next).toBe('CheckInventory accepted?');
  expect(ways('CheckInventory accepted?')).toEqual(expect.arrayContaining(['Choice', 'ProcessPayment', 'Order rejected']));
  expect(ways('ProcessPayment accepted?')).toEqual(expect.arrayContaining(['Choice', 'Complete order', 'Undo CheckInventory']));
});

test('no account or region is written into a resource by hand', () => {
  const text = JSON.stringify(Resources);

  expect(text.match(/\b\d{12}\b/g)).toBeNull();
  expect(text.match(/\b(us|eu|ap|sa|ca|me|af|il)-[a-z]+-\d\b/g)).toBeNull();
});

test('what was deployed is taken away again with its stack, the orders too', () => {
  const tables = ofType('AWS::DynamoDB::Table');
  const kept = Object.values(Resources).filter((resource) => (resource as { DeletionPolicy?: string }).DeletionPolicy === 'Retain');

  expect(tables).toHaveLength(3);
  expect(tables.map(({ Properties }) => Properties.DeletionProtectionEnabled)).toEqual([false, false, false]);
  expect(kept).toEqual([]);
});
