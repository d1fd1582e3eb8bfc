import { Agreement, agreementOf, reportOf } from './conformance/agreement';
import { RecordedCase, recordedCases } from './conformance/cases';
import { LEFT_OUT } from './conformance/left-out';
import { agrees } from './conformance/masked';
import { tinyFunctions } from './conformance/recorded-functions';
import { Ran, run } from './running';

const LEAST_SHARE = 0.95;

const cases = recordedCases();

if (!cases) {
  describe('the answers recorded from AWS', () => {
    test.skip('are left out: ../shared/conformance/asl/cases.json is not beside this repository', () => undefined);
  });
} else {
  describe('the answers recorded from AWS', () => {
    const compared = cases.filter(({ id }) => !LEFT_OUT.has(id));
    const agreements: Agreement[] = [];

    test.each(compared.map((recorded) => [`${recorded.id} ${recorded.source}`, recorded] as const))('%s', async (_name, recorded) => {
      const ran = await run(recorded.definition, recorded.input, { work: tinyFunctions(recorded.lambdas) });
      agreements.push(agreementOf(recorded, ran));
      expect(answerOf(ran)).toEqual(expectedOf(recorded, ran));
    });

    test('at least 95 % agree in the order of their events, and in the text of their causes', () => {
      const answers = reportOf('status and output or error', agreements, ({ answer }) => answer);
      const orders = reportOf('order of events', agreements, ({ order }) => order);
      const causes = reportOf('text of the cause', agreements, ({ cause }) => cause);
      const leftOut = cases.filter(({ id }) => LEFT_OUT.has(id)).map(({ id }) => `  ${id} ${LEFT_OUT.get(id)}`);
      process.stdout.write([...answers.lines, ...orders.lines, ...causes.lines, `left out: ${leftOut.length}`, ...leftOut, ''].join('\n'));
      expect(agreements).toHaveLength(compared.length);
      expect(orders.share).toBeGreaterThanOrEqual(LEAST_SHARE);
      expect(causes.share).toBeGreaterThanOrEqual(LEAST_SHARE);
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
