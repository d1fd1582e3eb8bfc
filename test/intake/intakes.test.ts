import { Construct } from 'constructs';
import { EventIntake, HttpIntake, IOrderIntake, IOrderWorkflow, OrderProcessingWorkflow, QueueIntake, ValidateOrder, WebSocketIntake } from '../../src';
import { intakeFixture } from '../support/intakes';
import { newStack } from '../support/workflow';

describe('resources of intakes', () => {
  const count = (intakes: IOrderIntake[]) => Object.keys(intakeFixture(() => intakes, { statusFeed: {} }).template.toJSON().Resources).length;
  const none = count([]);

  test.each<[string, number, IOrderIntake]>([
    ['HTTP', 17, new HttpIntake()], ['queue', 15, new QueueIntake()], ['event', 15, new EventIntake({ eventPattern: { source: ['shop'] } })], ['WebSocket', 15, new WebSocketIntake()],
  ])('of the %s intake are at most %i, with the table of the locks', (_kind, most, intake) => {
    expect(count([intake]) - none).toBeLessThanOrEqual(most);
  });

  test('include one table of locks for all intakes', () => {
    const { workflow, template } = intakeFixture(() => [new HttpIntake(), new QueueIntake()]);

    template.resourcePropertiesCountIs('AWS::DynamoDB::Table', {
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }, 1);
    expect(workflow.idempotencyTable).toBeDefined();
  });
});

describe('an intake of the team', () => {
  const bound: [scope: Construct, workflow: IOrderWorkflow][] = [];
  const fax = (intakeName = 'Fax'): IOrderIntake => ({ intakeName, bind: (...args) => { bound.push(args); } });
  const workflow = new OrderProcessingWorkflow(newStack(), 'Orders', { steps: [new ValidateOrder()], defaultCurrency: 'EUR' });
  workflow.addIntake(fax());

  test('is bound below its name to the workflow', () => {
    const [[scope, host]] = bound;

    expect(scope.node.path).toBe('Shop/Orders/Intakes/Fax');
    expect(host === workflow).toBe(true);
    expect(host.defaultCurrency).toBe('EUR');
    expect(host.hasStatusFeed).toBe(false);
    expect(() => host.statusFeed).toThrow('the workflow has no WebSocket API: set statusFeed, {} for its defaults');
  });

  test.each([[''], ['two words'], ['a/b'], [undefined as never]])('is refused with the name %j', (name) => {
    const intake = { ...fax(), intakeName: name };

    expect(() => workflow.addIntake(intake))
      .toThrow(`intakeName of intakes[1] is '${name}': use a letter and then up to 39 letters, digits, - or _`);
  });
});

describe('two intakes', () => {
  const idsOf = (intakes: IOrderIntake[]) => Object.keys(intakeFixture(() => intakes).template.toJSON().Resources);

  test('of one name are refused', () => {
    expect(() => idsOf([new HttpIntake(), new QueueIntake(), new HttpIntake()]))
      .toThrow('intakes[0] and [2] are both named Http: set intakeName (at Shop/Orders)');
  });

  test('of one kind are accepted with names of their own', () => {
    expect(() => idsOf([new HttpIntake(), new HttpIntake({ intakeName: 'Backends' })])).not.toThrow();
  });

  test('have the same logical ids in any order', () => {
    const alone = idsOf([new QueueIntake()]);

    expect(idsOf([new HttpIntake(), new QueueIntake({ intakeName: 'Partners' }), new QueueIntake()])).toEqual(expect.arrayContaining(alone));
  });
});

test('an intake that is part of another workflow is refused', () => {
  const intake = new HttpIntake();
  new OrderProcessingWorkflow(newStack(), 'Orders', { intakes: [intake] });

  expect(() => new OrderProcessingWorkflow(newStack(), 'MoreOrders', { intakes: [intake] }))
    .toThrow('intakes[0], named Http, is already part of the workflow Shop/Orders: create another one (at Shop/MoreOrders)');
});
