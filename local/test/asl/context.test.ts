import { machineOf, run } from './running';
import { JsonObject, VirtualClock } from '../../src';

const shows = (expression: string) => machineOf({ Type: 'Pass', Output: `{% ${expression} %}` }, { QueryLanguage: 'JSONata' });

test.each([
  [Date.UTC(2026, 4, 1, 10, 20, 30, 450), '2026-05-01T10:20:30.45Z'],
  [Date.UTC(2026, 4, 1, 10, 20, 30), '2026-05-01T10:20:30Z'],
  [Date.UTC(2026, 4, 1, 10, 20), '2026-05-01T10:20:00Z'],
  [Date.UTC(2026, 4, 1), '2026-05-01T00:00:00Z'],
  [Date.UTC(2026, 4, 1, 0, 0, 10), '2026-05-01T00:00:10Z'],
])('a time of the context has no zeros at its end: %d is %s', async (ms, text) => {
  const ran = await run(shows('[$states.context.Execution.StartTime, $states.context.State.EnteredTime]'), {}, { clock: new VirtualClock(ms) });
  expect(ran).toMatchObject({ output: [text, text] });
});

test('the context of an EXPRESS execution has no redrive count', async () => {
  const executionArn = 'arn:aws:states:us-east-1:111111111111:express:orders:order-1:1';
  expect(Object.keys((await contextOf(executionArn)).Execution)).toEqual(['Id', 'Input', 'StartTime', 'Name', 'RoleArn']);
});

test('the context of a STANDARD execution has a redrive count', async () => {
  expect((await contextOf('arn:aws:states:us-east-1:111111111111:execution:orders:order-1')).Execution.RedriveCount).toBe(0);
});

async function contextOf(executionArn: string): Promise<Record<string, JsonObject>> {
  const ran = await run(shows('$states.context'), {}, { executionArn });
  return (ran as unknown as { output: Record<string, JsonObject> }).output;
}
