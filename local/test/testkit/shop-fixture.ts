import { App, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { InvokeFunction, OrderProcessingWorkflow, OrderProcessingWorkflowProps, ProcessPayment, ReserveInventory, ValidateOrder } from '../../../src';

/** The stack of a shop whose workflow validates, reserves and takes simulated payments by default. */
export function shopFixture(props: (stack: Stack) => OrderProcessingWorkflowProps = () => ({})): { stack: Stack; workflow: OrderProcessingWorkflow } {
  const stack = new Stack(new App(), 'Shop');
  const workflow = new OrderProcessingWorkflow(stack, 'Orders', {
    steps: [new ValidateOrder(), new ReserveInventory(), ProcessPayment.simulated()],
    ...props(stack),
  });
  return { stack, workflow };
}

/** A step whose function rejects the customer `bad`, and throws for the customer `breaks`. */
export function fraudCheck(stack: Stack): InvokeFunction {
  const handler = new Function(stack, 'Fraud', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline(`exports.handler = async ({ userId }) => {
      console.log('checking ' + userId);
      if (userId === 'breaks') { throw new RangeError('no score'); }
      return userId === 'bad' ? { status: 'SUSPECT', reason: 'known' } : { status: 'CLEARED' };
    };`),
  });
  return new InvokeFunction({ stepName: 'CheckFraud', handler, acceptedStatus: 'CLEARED', rejectedStatuses: ['SUSPECT'] });
}

export const PRODUCTS = [{ productId: 'lamp', price: 29.99, stock: 10 }, { productId: 'chair', price: 120, stock: 1 }];

export function anOrder(orderId: string, more: object = {}): { orderId: string } {
  return { orderId, userId: 'ann', currency: 'EUR', items: [{ productId: 'lamp', quantity: 2, price: 29.99 }], totalAmount: 59.98, ...more } as { orderId: string };
}
