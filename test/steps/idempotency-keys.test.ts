import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import {
  ClosingFunction, InvokeFunction, OrderProcessingWorkflow, OrderProcessingWorkflowProps, OrderTables, ProcessPayment, ValidateOrder,
} from '../../src';
import { definitionOf } from '../support/state-machine';
import { newStack, userFunction } from '../support/workflow';

function workflow(stack = newStack(), id = 'Orders', props: OrderProcessingWorkflowProps = {}): OrderProcessingWorkflow {
  const fn = (name: string) => userFunction(stack, `${id}${name}`);
  return new OrderProcessingWorkflow(stack, id, {
    steps: [
      new ValidateOrder(),
      new ProcessPayment({ charge: fn('Charge'), refund: fn('Refund') }),
      new InvokeFunction({ stepName: 'Check', handler: fn('Check'), undoHandler: fn('Uncheck'), acceptedStatus: 'CHECKED' }),
    ],
    closingSteps: [new ClosingFunction({ stepName: 'Thank', handler: fn('Thank') })],
    ...props,
  });
}

/** What the idempotency keys of a workflow and its recovery begin with, and the step that they end with. */
function keysOf({ saga, recovery }: OrderProcessingWorkflow): { prefixes: string[]; steps: string[] } {
  const text = JSON.stringify([definitionOf(saga.stateMachine), definitionOf(recovery.stateMachine)]);
  const keys = [...text.matchAll(/'(\w*[kK]ey)': '([^']*):' & [$\w.]+\.orderId & ':([\w:]+)'/g)];
  expect(keys).toHaveLength([...text.matchAll(/'\w*[kK]ey': '/g)].length);
  return { prefixes: [...new Set(keys.map(([, , prefix]) => prefix))], steps: [...new Set(keys.map(([, , , step]) => step))].sort() };
}

test('each key of a workflow and of its recovery begins with the name of the table of orders', () => {
  const orders = workflow();
  const { prefixes, steps } = keysOf(orders);
  expect(steps).toEqual(['Check', 'Check:undo', 'ProcessPayment', 'ProcessPayment:undo', 'Thank']);
  expect(prefixes).toEqual([expect.stringContaining('OrdersTablesOrders')]);
  expect(orders.idempotencyPrefix).toBe(orders.ordersTable.tableName);
});

test('two workflows have other keys', () => {
  const stack = newStack();
  expect(keysOf(workflow(stack, 'Orders')).prefixes).not.toEqual(keysOf(workflow(stack, 'Tills')).prefixes);
});

test('a workflow that is moved with its table keeps its keys', () => {
  const moved = (id: string) => {
    const stack = newStack();
    const ordersTable = dynamodb.Table.fromTableAttributes(stack, 'Table', {
      tableName: 'orders-2024', globalIndexes: [OrderTables.OPEN_ORDERS_INDEX], tableStreamArn: 'arn:aws:dynamodb:eu-central-1:111111111111:table/orders-2024/stream/1',
    });
    return keysOf(workflow(stack, id, { ordersTable })).prefixes;
  };
  expect([moved('Orders'), moved('Shop')]).toEqual([['orders-2024'], ['orders-2024']]);
});

test('the prefix can be set', () => {
  expect(keysOf(workflow(undefined, undefined, { idempotencyPrefix: 'eu.shop-1' })).prefixes).toEqual(['eu.shop-1']);
});

test.each(['', 'a:b', "it's", 'x'.repeat(65)])("'%s' is no prefix", (idempotencyPrefix) => {
  expect(() => workflow(undefined, undefined, { idempotencyPrefix })).toThrow(/idempotencyPrefix is '.*': give 1 to 64 letters, digits, '\.', '_' or '-'/);
});
