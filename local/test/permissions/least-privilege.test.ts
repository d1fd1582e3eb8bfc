import { SCENES } from './scenes';
import { CATEGORIES } from './scenes/not-needed';
import { Scene } from './scenes/scene';
import { Theatre } from './scenes/theatre';
import { seededRandom, StatementUse } from '../../src';

const SEED = 20261128;
const REMOVALS = 10;

interface Need {
  readonly statement: string;
  readonly scene: Scene;
  /** What the calls do that are denied without it. */
  readonly actions: readonly string[];
}

let theatre: Theatre;
const uses = new Map<string, StatementUse>();
const needs = new Map<string, Need>();

beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

/** What a statement was good for, in all scenes. */
function remember(scene: Scene, use: StatementUse): void {
  const key = `${use.of} ${use.statement}`;
  const before = uses.get(key);
  uses.set(key, {
    ...use,
    used: [...new Set([...before?.used ?? [], ...use.used])],
    unused: use.unused.filter((action) => before?.unused.includes(action) ?? true),
  });
  if (use.needed.length > 0 && !needs.has(key)) {
    needs.set(key, { statement: use.statement, scene, actions: use.needed.map(({ action }) => action) });
  }
}

test.each(SCENES)('$name: nothing is denied', async (scene) => {
  const played = await theatre.play(scene);
  expect(played.denied.map(({ advice }) => advice)).toEqual([]);
  played.uses.forEach((use) => remember(scene, use));
});

test('each statement of the library is the only one to allow some call, or is in a category that says why it is there', () => {
  const notNeeded = [...uses].filter(([key]) => !needs.has(key)).map(([, use]) => use);
  const counts = Object.fromEntries(CATEGORIES.map(({ name }) => [name, 0]));
  const leftOver: string[] = [];
  for (const use of notNeeded) {
    const category = CATEGORIES.find((one) => one.includes(use));
    if (category) counts[category.name]++;
    else leftOver.push(`${use.of} ${use.statement}: ${use.used.join()} ${use.unused.join()}`);
  }
  expect(leftOver).toEqual([]);
  expect({ needed: needs.size, ...counts }).toMatchInlineSnapshot(`
{
  "X-Ray": 19,
  "key: Secrets Manager": 1,
  "key: log delivery": 2,
  "key: rules": 1,
  "key: secrets": 3,
  "logs": 22,
  "needed": 142,
}
`);
});

test(`${REMOVALS} statements, drawn by a seed, are missed when they are removed: the call is denied`, async () => {
  const random = seededRandom(SEED);
  // A policy of a role that AWS manages is not in the template.
  const drawn = [...needs.values()].filter(({ statement }) => statement.startsWith('Shop/'));
  for (let count = 0; count < REMOVALS; count++) {
    const [{ statement, scene, actions }] = drawn.splice(Math.floor(random() * drawn.length), 1);
    const denied = await theatre.firstDeniedWith((policies) => policies.removeStatement(statement), scene);
    expect(actions.map((action) => `${statement}: ${action}`)).toContain(`${statement}: ${denied?.action}`);
  }
});
