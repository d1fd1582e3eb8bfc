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

/** Plays scenes, each in a cloud of its own, with the policies as the library writes them or changed. */
export class Theatre {
  public static async open(): Promise<Theatre> {
    const receiver = await Receiver.open();
    const folder = mkdtempSync(join(tmpdir(), 'cdk-order-workflow-'));
    shopApp(folder, receiver.origin).synth();
    return new Theatre(folder, receiver);
  }

  private constructor(private readonly folder: string, private readonly receiver: Receiver) {}

  public async play(scene: Scene): Promise<Played> {
    return this.playIn(this.folder, scene);
  }

  /** Plays a scene after a change of the policies. Whatever fails then, what was denied is what counts. */
  public async playWith(change: (policies: Policies) => void, scene: Scene): Promise<readonly DeniedCall[]> {
    const changed = this.changedAssembly(change);
    try {
      return (await this.playIn(changed, scene, true)).denied;
    } finally {
      rmSync(changed, { recursive: true });
    }
  }

  public async close(): Promise<void> {
    await this.receiver.close();
    rmSync(this.folder, { recursive: true });
  }

  private async playIn(folder: string, scene: Scene, mayFail = false): Promise<Played> {
    const shop = await IntakeFixture.of(await LocalCloud.fromAssembly(folder, {
      onDenied: () => undefined,
      secrets: { Webhook: `https://hooks.slack.com${RECEIVER_PATH.Slack}`, RoutingKey: '0123456789abcdef0123456789abcdef' },
    }));
    try {
      await scene.play(shop).catch((error: Error) => {
        if (!mayFail) throw error;
      });
      return { uses: shop.cloud.permissions.uses(), denied: [...shop.cloud.permissions.denied] };
    } finally {
      await shop.close();
    }
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

/** The policies of a template. */
export class Policies {
  constructor(private readonly resources: Record<string, JsonObject>) {}

  /** @param place as messages name it: `Shop/LogicalId, statement 3`, or with the statement's id */
  public removeStatement(place: string): void {
    const [, logicalId, name] = /^Shop\/(\w+), statement (\w+)$/.exec(place)!;
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
    const { PolicyDocument, KeyPolicy } = this.resources[logicalId].Properties as unknown as Record<string, { Statement: Array<Record<string, Json>> }>;
    return (PolicyDocument ?? KeyPolicy).Statement;
  }
}
