import { IntakeFixture, queued } from '../../support/intake-fixture';
import { ORDER } from '../../support/shop-fixture';
import { startIntakes } from '../../support/start-intakes';

const started = startIntakes({ levels: ['INFO', 'ERROR'] });
let fixture: IntakeFixture;
beforeEach(async () => { fixture = await started.open(); });

const { orderId } = ORDER;
const WRONG = { ...ORDER, totalAmount: 1, email: 'jo example.com' };
const lines = () => started.logs.map(line => JSON.parse(line));

describe('each intake writes a line about what it was sent', () => {
  test('over HTTP', async () => {
    await fixture.postOrder(ORDER);
    await fixture.postOrder(WRONG);
    await fixture.request('GET /orders/{orderId}', { orderId: 'not an order' });

    expect(lines()).toMatchObject([
      { level: 'INFO', what: 'a request was answered', route: 'POST /orders', orderId, code: 202 },
      { level: 'INFO', what: 'a request was refused', route: 'POST /orders', refusal: 'invalid' },
      { level: 'INFO', what: 'a request was refused', route: 'GET /orders/{orderId}', refusal: 'not-found' },
    ]);
    expect(lines()[2]).not.toHaveProperty('orderId');
  });

  test('from a queue', async () => {
    await fixture.receiveBatch([queued('m-1', ORDER)]);
    await fixture.receiveBatch([queued('m-2', WRONG)]);

    expect(lines()).toMatchObject([
      { what: 'an order was placed', orderId, messageId: 'm-1', status: 'RECEIVED' },
      { what: 'a message was rejected', messageId: 'm-2', refusal: 'invalid' },
    ]);
  });

  test('from a bus', async () => {
    await fixture.receiveEvent({ id: 'e-1', detail: ORDER });
    await expect(fixture.receiveEvent({ id: 'e-2', detail: WRONG })).rejects.toThrow();

    expect(lines()).toMatchObject([
      { what: 'an order was placed', orderId, eventId: 'e-1', status: 'RECEIVED' }, { what: 'an event was rejected', eventId: 'e-2', refusal: 'invalid' },
    ]);
  });

  test('over WebSocket', async () => {
    await fixture.connect('guest');
    await fixture.sendMessage('guest', { action: 'submitOrder', order: ORDER });
    await fixture.sendMessage('guest', { action: 'cancelOrder', orderId, watchToken: 'wrong' });

    expect(lines()).toMatchObject([
      { what: 'a message was answered', action: 'submitOrder', orderId, status: 'RECEIVED', connectionId: 'guest' },
      { what: 'a message was rejected', action: 'cancelOrder', orderId, refusal: 'not-found' },
    ]);
  });

  afterEach(() => {
    for (const secret of [ORDER.userId, 'prod-1', 'jo example.com', 'watchToken']) expect(started.logs.join()).not.toContain(secret);
  });
});
