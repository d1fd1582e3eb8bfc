import {
  App, CfnOutput, Duration, RemovalPolicy, Stack, aws_dynamodb as dynamodb, aws_events as events, aws_kms as kms, aws_stepfunctions as sfn,
} from 'aws-cdk-lib';
import { AwaitApproval, OrderProcessingWorkflow, OrderTables, ProcessPayment, ReserveInventory, ValidateOrder } from 'cdk-order-workflow';
import { FraudCheck } from './fraud-check';
import { LoyaltyPoints } from './loyalty-points';
import { TicketAlert } from './ticket-alert';

const app = new App();

// What the team has already: a key, a bus, and the tables of its orders and products. They are made here for the example to run;
// yours are imported, with `Key.fromKeyArn`, `EventBus.fromEventBusArn` and `Table.fromTableAttributes`, which needs the `tableStreamArn` of the orders.
const shop = new Stack(app, 'Shop');
const encryptionKey = new kms.Key(shop, 'Key', { enableKeyRotation: true });
const eventBus = new events.EventBus(shop, 'Company', { kmsKey: encryptionKey });
const tableOf = (id: string, key: string, stream?: dynamodb.StreamViewType) => new dynamodb.Table(shop, id, {
  partitionKey: { name: key, type: dynamodb.AttributeType.STRING },
  stream,
  encryptionKey,
  billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.DESTROY,
});
const productsTable = tableOf('Catalogue', 'productId');
const ordersTable = tableOf('Sales', 'orderId', dynamodb.StreamViewType.NEW_AND_OLD_IMAGES);
OrderTables.addOpenOrdersIndex(ordersTable);

const orders = new OrderProcessingWorkflow(shop, 'Orders', {
  ordersTable,
  productsTable,
  encryptionKey,
  eventBus,
  steps: [
    new ValidateOrder(),
    new ReserveInventory(),
    new FraudCheck(),
    new AwaitApproval({ onlyIf: '$states.input.results.FraudCheck.score > 50', timeout: Duration.hours(1) }),
    ProcessPayment.simulated(),
  ],
  notifiers: [new LoyaltyPoints(10)],
  alertTargets: [new TicketAlert()],
});
new CfnOutput(shop, 'DecideFunction', { value: orders.decideFunction.functionName });

// The tills of the shop sell the same products and wait for no decision, so EXPRESS will do.
const tills = new Stack(app, 'Tills');
new OrderProcessingWorkflow(tills, 'Orders', {
  stateMachineType: sfn.StateMachineType.EXPRESS,
  productsTable,
  encryptionKey,
  steps: [new ValidateOrder(), new ReserveInventory(), new FraudCheck()],
  removalPolicy: RemovalPolicy.DESTROY,
});
