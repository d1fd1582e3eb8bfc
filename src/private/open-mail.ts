import { IConstruct } from 'constructs';
import { WatchList } from '../watch-list';

/** What a workflow has that together sends mail for any caller; each with the prop that ends it. */
interface OpenMail {
  readonly intakes: Map<string, string>;
  readonly mails: Map<string, string>;
}

const ofWorkflow = new WeakMap<IConstruct, OpenMail>();

/** Notes an intake over which every caller may place orders. @internal */
export function noteOpenIntake(scope: IConstruct, intake: string, remedy: string): void {
  openMailOf(scope).intakes.set(intake, remedy);
}

/** Notes a part that sends mail to the address in the order. @internal */
export function noteMailToCustomer(scope: IConstruct, part: string): void {
  openMailOf(scope).mails.set(part, `set recipient of ${part}`);
}

/** Parts can be added until synth, so their combination is checked then. */
function openMailOf(scope: IConstruct): OpenMail {
  const workflow = WatchList.of(scope)._scope;
  const known = ofWorkflow.get(workflow);
  if (known) {
    return known;
  }
  const openMail: OpenMail = { intakes: new Map(), mails: new Map() };
  ofWorkflow.set(workflow, openMail);
  workflow.node.addValidation({ validate: () => problems(openMail) });
  return openMail;
}

function problems({ intakes, mails }: OpenMail): string[] {
  return [...intakes].flatMap(([intake, authorize]) => [...mails].map(([mail, setRecipient]) =>
    `every caller can place orders through the intake ${intake}, and ${mail} sends mail to the address in the order, so that anyone could send mail`
    + ` of your domain to any address: ${authorize}, or ${setRecipient}`));
}
