import { RecordedCase, recordedCases } from './conformance/cases';
import { LEFT_OUT } from './conformance/left-out';
import { agrees } from './conformance/masked';
import { tinyFunctions } from './conformance/recorded-functions';
import { Ran, run } from './running';

const LEAST_SHARE_IN_ORDER = 0.95;

const cases = recordedCases();

if (!cases) {
  describe('the answers recorded from AWS', () => {
    test.skip('are left out: ../shared/conformance/asl/cases.json is not beside this repository', () => undefined);
  });
} else {
  describe('the answers recorded from AWS', () => {
    const compared = cases.filter(({ id }) => !LEFT_OUT.has(id));
    const inOrder = new Map<string, boolean>();

    test.each(compared.map((recorded) => [`${recorded.id} ${recorded.source}`, recorded] as const))('%s', async (_name, recorded) => {
      const ran = await run(recorded.definition, recorded.input, { work: tinyFunctions(recorded.lambdas) });
      inOrder.set(recorded.id, ran.types.join() === recorded.events.join());
      expect(answerOf(ran)).toEqual(expectedOf(recorded, ran));
    });

    test('at least 95 % have their events in the same order', () => {
      const matching = compared.filter(({ id }) => inOrder.get(id)).length;
      const others = compared.filter(({ id }) => !inOrder.get(id)).map(({ id, source }) => `  ${id} ${source}`);
      const leftOut = cases.filter(({ id }) => LEFT_OUT.has(id)).map(({ id }) => `  ${id} ${LEFT_OUT.get(id)}`);
      process.stdout.write(
        [
          `events in AWS's order: ${matching} of ${compared.length} (${((100 * matching) / compared.length).toFixed(1)} %), not:`,
          ...others,
          `left out: ${leftOut.length}`,
          ...leftOut,
          '',
        ].join('\n'),
      );
      expect(matching / compared.length).toBeGreaterThanOrEqual(LEAST_SHARE_IN_ORDER);
    });
  });
}

function answerOf(ran: Ran): object {
  return ran.status === 'SUCCEEDED' ? { status: ran.status, output: ran.output } : { status: ran.status, error: ran.error ?? null };
}

/** The recorded answer; its output is the actual one if that agrees but for masked values. */
function expectedOf({ expected }: RecordedCase, ran: Ran): object {
  if (expected.status !== 'SUCCEEDED') {
    return { status: expected.status, error: expected.error ?? null };
  }
  const output = expected.output ?? null;
  return { status: 'SUCCEEDED', output: ran.status === 'SUCCEEDED' && agrees(output, ran.output) ? ran.output : output };
}
