/** Works on completed orders; a message that fails comes again, and the others of its batch do not. */
exports.handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    try {
      const { orderId, items, results } = JSON.parse(body);
      console.log(`processing ${orderId} (${results.CreateOrder.shopNumber}): ${items.map(({ productId, quantity }) => `${quantity} x ${productId}`).join(', ')}`);
    } catch (error) {
      console.error(error);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
};
