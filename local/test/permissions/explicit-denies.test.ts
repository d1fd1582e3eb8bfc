import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { shopApp } from './scenes/shop-app';
import { alerts } from '../../../test/integ/alerts';
import { express } from '../../../test/integ/express';
import { full } from '../../../test/integ/full';
import { intakes } from '../../../test/integ/intakes';
import { live } from '../../../test/integ/live';
import { minimal } from '../../../test/integ/minimal';
import { JsonObject, LocalCloud } from '../../src';

const EVERYTHING = (app: App) => shopApp(app.outdir, 'http://127.0.0.1');

/** The explicit denies of a template: the logical id of the policy, and the statement within it. */
function deniesOf(file: string): string[] {
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, { Type: string; Properties?: JsonObject }> };
  return Object.entries(Resources).flatMap(([id, { Properties = {} }]) => Object.values(Properties)
    .flatMap((document) => ((document as { Statement?: JsonObject[] } | null)?.Statement ?? []))
    .flatMap(({ Effect, Sid }, index) => (Effect === 'Deny' ? `${id}, statement ${String(Sid ?? index + 1)}` : [])));
}

/** What is done to each kind of resource that a policy protects, over plain HTTP. */
const CALLS: Readonly<Record<string, (ref: string) => readonly [service: string, operation: string, input: JsonObject]>> = {
  'AWS::SQS::Queue': (QueueUrl) => ['sqs', 'SendMessage', { QueueUrl, MessageBody: 'plain' }],
  'AWS::SNS::Topic': (TopicArn) => ['sns', 'Publish', { TopicArn, Message: 'plain' }],
};

test.each([alerts, express, full, intakes, live, minimal, EVERYTHING])(
  '%p: a call over plain HTTP is stopped by each explicit deny, and the same call over TLS is not', async (describeApp) => {
    const folder = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-'));
    const app = new App({ outdir: folder });
    const described = describeApp(app);
    const assembly = (described instanceof App ? described : app).synth();
    const denies = assembly.stacks.flatMap(({ templateFullPath, stackName }) => deniesOf(templateFullPath).map((deny) => `${stackName}/${deny}`));
    const cloud = await LocalCloud.fromAssembly(folder, { onDenied: () => undefined });
    for (const { type, ref } of cloud.stacks.flatMap(({ resources }) => resources).filter((resource) => resource.type in CALLS)) {
      const [service, operation, input] = CALLS[type](ref);
      const call = (withoutTls: boolean) => cloud.calls.perform({ service, operation, input, caller: { kind: 'outside', name: 'test', withoutTls } });
      await call(false);
      await call(true).catch(({ message }: Error) => expect(message).toMatch(/with an explicit deny in a resource-based policy$/));
    }
    const stopped = cloud.permissions.denied.map(({ advice }) => / ([^ ]+, statement \w+) denies it$/.exec(advice)?.[1]);
    expect(denies).not.toEqual([]);
    expect(stopped.sort()).toEqual(denies.sort());
    await cloud.close();
  });
