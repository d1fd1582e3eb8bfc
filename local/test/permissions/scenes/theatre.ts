import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Scene } from './scene';
import { shopApp } from './shop-app';
import { RECEIVER_PATH, Receiver } from '../../../../test/lambda-src/alerting/receiver';
import { DeniedCall, Json, JsonObject, LocalCloud, StatementUse } from '../../../src';
import { IntakeFixture } from '../../intake/intake-fixture';

const TEMPLATE = 'Shop.template.json';

/** What became of the permissions in a scene. */
export interface Played {
  readonly uses: readonly StatementUse[];
  readonly denied: readonly DeniedCall[];
}

/** Plays scenes: one after the other with the policies as the library writes them, or by itself with changed ones. */
export class Theatre {
  public static async open(): Promise<Theatre> {
    const receiver = await Receiver.open();
    const folder = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-'));
    shopApp(folder, receiver.origin).synth();
    return new Theatre(folder, receiver);
  }

  private shop: IntakeFixture | undefined;
  private played = 0;

  private constructor(private readonly folder: string, private readonly receiver: Receiver) {}

  /** Plays a scene to its end, in the cloud of those before it. */
  public async play(scene: Scene): Promise<Played> {
    this.shop ??= await this.openIn(this.folder);
    const { cloud } = this.shop;
    const deniedBefore = cloud.permissions.denied.length;
    await scene.play(this.shop, `order-${++this.played}`);
    cloud.faults.clear();
    cloud.calls.interceptWith((call, perform) => cloud.faults.intercept(call, perform));
    return { uses: cloud.permissions.uses(), denied: cloud.permissions.denied.slice(deniedBefore) };
  }

  /** Plays a scene after a change of the policies, until a call is denied; undefined if none is. */
  public async firstDeniedWith(change: (policies: Policies) => void, scene: Scene): Promise<Pick<DeniedCall, 'action'> | undefined> {
    const changed = this.changedAssembly(change);
    let shop: IntakeFixture | undefined;
    try {
      return await new Promise((resolve, reject) => {
        const play = async () => {
          shop = await this.openIn(changed, resolve);
          await scene.play(shop, 'order');
        };
        play().then(() => resolve(undefined), (error: Error) => {
          // What is denied while a resource is created is refused there.
          const [, action] = /\((\w+:\w+) on /.exec(error.message) ?? [];
          return action === undefined ? reject(error) : resolve({ action });
        });
      });
    } finally {
      await shop?.close();
      rmSync(changed, { recursive: true });
    }
  }

  public async close(): Promise<void> {
    await this.shop?.close();
    await this.receiver.close();
    rmSync(this.folder, { recursive: true });
  }

  private async openIn(folder: string, onDenied: (call: DeniedCall) => void = () => undefined): Promise<IntakeFixture> {
    return IntakeFixture.of(await LocalCloud.fromAssembly(folder, {
      onDenied,
      secrets: { Webhook: `https://hooks.slack.com${RECEIVER_PATH.Slack}`, RoutingKey: '0123456789abcdef0123456789abcdef' },
    }));
  }

  /** The same assembly with another template. */
  private changedAssembly(change: (policies: Policies) => void): string {
    const changed = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-'));
    readdirSync(this.folder).filter((name) => name !== TEMPLATE).forEach((name) => symlinkSync(join(this.folder, name), join(changed, name)));
    const template = JSON.parse(readFileSync(join(this.folder, TEMPLATE), 'utf8')) as { Resources: Record<string, JsonObject> };
    change(new Policies(template.Resources));
    writeFileSync(join(changed, TEMPLATE), JSON.stringify(template));
    return changed;
  }
}

interface Document {
  readonly Statement: Array<Record<string, Json>>;
}

/** The policies of a template. */
export class Policies {
  constructor(private readonly resources: Record<string, JsonObject>) {}

  /** @param place as messages name it: `Shop/LogicalId, statement 3`, or with the statement's id */
  public removeStatement(place: string): void {
    const [, logicalId, name] = /^Shop\/(\w+), statement (\w+)$/.exec(place)!;
    const { Type, Properties } = this.resources[logicalId];
    if (Type === 'AWS::Lambda::Permission') {
      (Properties as Record<string, Json>).Principal = 'other.amazonaws.com';
      return;
    }
    const statements = this.statementsOf(logicalId);
    const index = statements.findIndex(({ Sid }) => Sid === name);
    statements.splice(index === -1 ? Number(name) - 1 : index, 1);
  }

  /** Takes an action from a role, as if the library had not granted it. */
  public removeAction(role: RegExp, action: string): void {
    const policies = Object.keys(this.resources).filter((id) => /DefaultPolicy[0-9A-F]{8}$/.test(id) && role.test(id));
    expect(policies).toHaveLength(1);
    const statements = this.statementsOf(policies[0]);
    const granting = statements.filter(({ Action }) => [Action].flat().includes(action));
    expect(granting).not.toEqual([]);
    for (const statement of granting) {
      const others = [statement.Action].flat().filter((one) => one !== action);
      if (others.length > 0) {
        statement.Action = others;
      } else {
        statements.splice(statements.indexOf(statement), 1);
      }
    }
  }

  private statementsOf(logicalId: string): Array<Record<string, Json>> {
    const { PolicyDocument, KeyPolicy, AssumeRolePolicyDocument } = this.resources[logicalId].Properties as unknown as Record<string, Document>;
    return (PolicyDocument ?? KeyPolicy ?? AssumeRolePolicyDocument).Statement;
  }
}
