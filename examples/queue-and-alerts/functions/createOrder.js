/** Creates the order in the shop system, which knows it by a number of its own. */
exports.handler = async ({ orderId, userId, idempotencyKey }) => {
  if (userId === 'unlucky') throw new Error('the shop system does not answer');
  console.log(`created ${orderId}, asked by ${idempotencyKey}`);
  return { shopNumber: `S-${orderId}` };
};
