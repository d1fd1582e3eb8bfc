import { OrderToRun } from './orders-file';
import { Paint } from './paint';
import { OrderOutcome } from '../testkit';

const WIDTH = 110;
const INDENT = '    ';

/** Whether the order ended as its file says; without an expectation every ending will do. */
export function endedAsExpected({ expect }: OrderToRun, { status }: OrderOutcome): boolean {
  return expect === undefined || expect === status;
}

/** How an order ended, and its path there. */
export function reportOutcome(wanted: OrderToRun, outcome: OrderOutcome, paint: Paint): string[] {
  const good = endedAsExpected(wanted, outcome);
  const { orderId, status, reason, path, execution } = outcome;
  const came = execution === 'RUNNING' ? 'is on hold in' : 'ended';
  const expected = good ? '' : `, but ${wanted.expect} was expected`;
  return [
    `${paint(good ? 'green' : 'red', good ? '✓' : '✗')} ${orderId} ${came} ${status}${expected}${reason === undefined ? '' : ` (${reason})`}`,
    ...wrapped(path).map((line) => paint('grey', `${INDENT}${line}`)),
    '',
  ];
}

function wrapped(path: readonly string[]): string[] {
  const lines: string[] = [];
  let line = '';
  path.forEach((state, index) => {
    const part = index < path.length - 1 ? `${state} > ` : state;
    if (line && line.length + part.length > WIDTH) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  });
  return line ? [...lines, line] : lines;
}
