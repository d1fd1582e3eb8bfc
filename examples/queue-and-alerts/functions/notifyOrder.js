/** Notifies the customer how the order ended. */
exports.handler = async ({ orderId, userId, status, reason }) => {
  console.log(`notifying ${userId}: your order ${orderId} is ${status}${reason ? `, because ${reason}` : ''}`);
};
