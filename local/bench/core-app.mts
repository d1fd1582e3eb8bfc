import { App, Stack } from 'aws-cdk-lib';
import { OrderProcessingWorkflow, ProcessPayment, ReserveInventory, ValidateOrder } from '../../lib/index.js';

/** The core of a shop: validate, reserve, pay, complete; with its feed if that is an argument. Synthesized to the folder that is given. */
const [, , outdir, feed] = process.argv;
const app = new App({ outdir });
new OrderProcessingWorkflow(new Stack(app, 'Shop'), 'Orders', {
  steps: [new ValidateOrder(), new ReserveInventory(), ProcessPayment.simulated()],
  ...(feed && { statusFeed: {} }),
});
app.synth();
