import { causeText } from './cause-text';
import { HowToRepair } from './how-to-repair';
import { Colour, colourOf, paintFor, Paint } from './paint';
import { StepFailure, stepFailureOf } from './step-failure';
import { Terminal } from './terminal';
import { STATUSES } from '../contract/statuses';
import { LocalCloud } from '../local-cloud';
import { SentMessage } from '../services/outbox';
import { LocalWorkflow, Message, OrderOutcome, StatusChange } from '../testkit';
import { lastPart, pathOf, resourcesOf } from '../testkit/named-resource';
import { outcomeOf } from '../testkit/order-outcome';

/** The text of an error is cut where a line of a terminal would be. */
const LINE = 160;
/** The error of an alert that has none, such as that of a repair. */
const NO_ERROR = 'None';

/** Prints what happens in a cloud, one line for each event. */
export class EventPrinter {
  private readonly paint: Paint;

  constructor(private readonly terminal: Terminal, private readonly cloud: LocalCloud) {
    this.paint = paintFor(terminal.colours);
  }

  /** @param howToRepair the commands that repair an order that needs attention */
  public follow(workflows: readonly LocalWorkflow[], howToRepair?: HowToRepair): void {
    const { outbox, executions } = this.cloud;
    outbox.onSent((message) => this.printMail(message));
    const alertTopics = new Set(workflows.map(({ resources }) => lastPart(resources.failureTopicArn ?? '')));
    workflows[0]?.sent.onMessage((message, to) => !alertTopics.has(to) && this.printMessage(message, to));
    workflows.forEach((workflow) => {
      const { machineArn } = workflow.resources;
      workflow.onStatus((change) => {
        this.printStatus(change);
        if (change.status === STATUSES.NEEDS_ATTENTION && howToRepair) {
          this.line(change.orderId, this.mark('cyan', 'retry it with', howToRepair('retry', change.orderId, workflow)));
          this.line(change.orderId, this.mark('cyan', 'or close it with', howToRepair('resolve', change.orderId, workflow)));
        }
      });
      workflow.sent.onAlert((alert) => this.printAlert(alert));
      executions.onEvent(({ machine, history, name }, event) => {
        const failure = machine.arn === machineArn ? stepFailureOf(history, event) : undefined;
        if (failure) {
          this.printFailure(name, failure);
        }
      });
      executions.onStatus((record) => {
        if (record.outcome && record.machine.arn === machineArn) {
          workflow.order(record.name).then((order) => this.printEnd(outcomeOf(record, order))).catch(() => undefined);
        }
      });
    });
  }

  /** What is not in a row: that an order was never written or belongs to another execution, or that its execution failed. */
  private printEnd({ orderId, status, reason, order, execution, error, cause }: OrderOutcome): void {
    if (execution !== 'SUCCEEDED') {
      this.line(orderId, this.mark('red', 'ended', `${error ?? execution}${cause ? `: ${causeText(cause)}` : ''}`));
    } else if (status !== order?.status) {
      this.line(orderId, this.mark(colourOf(status), status, reason ?? ''));
    }
  }

  private printStatus({ orderId, status, version, reason }: StatusChange): void {
    this.line(orderId, this.mark(colourOf(status), status, `v${version}${reason === undefined ? '' : `  ${reason}`}`));
  }

  private printFailure(orderId: string, { state, error, cause }: StepFailure): void {
    this.line(orderId, this.mark('red', 'failed step', `${state}: ${error}${cause ? `: ${cause}` : ''}`));
  }

  private printAlert({ attributes, body }: Message): void {
    const { orderId = '', step = '' } = body as { orderId?: string; step?: string };
    const { kind = 'alert', error = NO_ERROR } = attributes;
    this.line(orderId, this.mark('red', 'alert', `${kind}${step && `, step ${step}`}${error === NO_ERROR ? '' : `: ${error}`}`));
  }

  private printMessage({ body, attributes }: Message, to: string): void {
    const resource = resourcesOf(this.cloud.stacks, ['AWS::SQS::Queue', 'AWS::SNS::Topic']).find(({ ref }) => lastPart(ref) === to);
    const { orderId = '' } = body as { orderId?: string };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    this.line(orderId, this.mark('cyan', 'message', `to ${resource ? pathOf(resource) : to}: ${attributes.reason ?? text}`));
  }

  private printMail({ channel, to, subject, text }: SentMessage): void {
    this.line('', this.mark('cyan', channel === 'email' ? 'mail' : channel, `to ${to.join(', ')}: ${subject ?? text.split('\n')[0]}`));
  }

  private mark(colour: Colour, what: string, text: string): string {
    return `${this.paint(colour, what.padEnd(16))} ${text}`;
  }

  private line(orderId: string, text: string): void {
    const cut = text.length > LINE ? `${text.slice(0, LINE - 1)}…` : text;
    this.terminal.print(`${this.paint('grey', clockTime(new Date(this.cloud.clock.now())))}  ${orderId.padEnd(14)}  ${cut.replaceAll('\n', ' ')}`);
  }
}

function clockTime(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
