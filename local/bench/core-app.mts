import { App, Stack } from 'aws-cdk-lib';
import { OrderProcessingWorkflow, ProcessPayment, ReserveInventory, ValidateOrder } from '../../lib/index.js';

/** The core of a shop: validate, reserve, pay, complete; no feed and no notices. Synthesized to the folder that is given. */
const app = new App({ outdir: process.argv[2] });
new OrderProcessingWorkflow(new Stack(app, 'Shop'), 'Orders', {
  steps: [new ValidateOrder(), new ReserveInventory(), ProcessPayment.simulated()],
});
app.synth();
