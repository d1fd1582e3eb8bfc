import { mkdtempSync, appendFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCENES } from './scenes';
import { shopApp } from './scenes/shop-app';
import { RECEIVER_PATH, Receiver } from '../../../test/lambda-src/alerting/receiver';
import { LocalCloud } from '../../src';
import { IntakeFixture } from '../intake/intake-fixture';
const folder = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-'));
let receiver: Receiver;
beforeAll(async () => { receiver = await Receiver.open(); shopApp(folder, receiver.origin).synth(); writeFileSync('/tmp/plan/uses.jsonl',''); });
afterAll(() => receiver.close());
test.each(SCENES)('$name', async (scene) => {
  const t0 = performance.now();
  const shop = await IntakeFixture.of(await LocalCloud.fromAssembly(folder, { onDenied: () => undefined }));
  const t1 = performance.now();
  try {
    await shop.call('secretsmanager', 'PutSecretValue', { SecretId: shop.resource('AWS::SecretsManager::Secret', /Webhook/), SecretString: `https://hooks.slack.com${RECEIVER_PATH.Slack}` });
    await shop.call('secretsmanager', 'PutSecretValue', { SecretId: shop.resource('AWS::SecretsManager::Secret', /RoutingKey/), SecretString: '0123456789abcdef0123456789abcdef' });
    await scene.play(shop);
    const t2 = performance.now();
    const uses = shop.cloud.permissions.uses();
    appendFileSync('/tmp/plan/uses.jsonl', JSON.stringify({ scene: scene.name, start: t1 - t0, play: t2 - t1, uses: performance.now() - t2, denied: shop.cloud.permissions.denied.map((d) => d.advice), all: uses }) + '\n');
  } finally { await shop.close(); }
});
