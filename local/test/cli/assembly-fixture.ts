import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { EnqueueOrder, ValidateOrder, ReserveInventory, ProcessPayment, OrderProcessingWorkflow } from '../../../src';
import { fraudCheck } from '../testkit/shop-fixture';

/** A folder with the cloud assembly of one or several stacks, and for the files of a test. */
export class AssemblyFixture {
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-'));
  public readonly cdkOut = join(this.folder, 'cdk.out');

  constructor(...shops: string[]) {
    const app = new App({ outdir: this.cdkOut });
    for (const shop of shops.length > 0 ? shops : ['Shop']) {
      const stack = new Stack(app, shop);
      const queue = new Queue(stack, 'Shipping');
      const steps = [new ValidateOrder(), new ReserveInventory(), ProcessPayment.simulated(), fraudCheck(stack)];
      new OrderProcessingWorkflow(stack, 'Orders', { steps, closingSteps: [new EnqueueOrder({ queue })] });
    }
    app.synth();
  }

  /** Writes a file: text as it is, anything else as JSON. */
  public file(name: string, content: unknown): string {
    const file = join(this.folder, name);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
