import { submissionOf } from '../../../lambda-src/intake/submission';

const DEFAULTS = { currency: 'EUR' };

/** A list or a text can be spread into an object with an id and a user: each would then be refused for its missing fields. */
test.each([[[], '[]'], [[{ orderId: 'order-1' }], '[{"orderId":"order-1"}]'], ['order', '"order"'], [null, 'null'], [7, '7']])(
  'what is not an object is refused as such: %j', (order, shown) => {
    expect(() => submissionOf({ order, userId: 'user-1', idempotencyKey: 'key-1' }, DEFAULTS)).toThrow(expect.objectContaining({
      kind: 'invalid', problems: [{ field: 'order', message: `${shown} is not an object` }],
    }));
  },
);
