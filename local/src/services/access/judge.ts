import { Identity, rootArn } from './caller-principal';
import { Need } from './need';
import { PolicyBook } from './policy-book';
import { decide, Decision, readPolicy, Statement } from '../../permissions';

/** What always holds for calls of an SDK. */
const EVERY_CALL = { 'aws:SecureTransport': 'true' };
const EVERYTHING = readPolicy('account', { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });

/** Decides by the policies of the templates, and remembers which statements were of use. */
export class Judge {
  private readonly used = new Set<Statement>();

  constructor(private readonly book: PolicyBook, private readonly account: string) {}

  /** What the policies say of something, whether or not it is ever done. */
  public judge(identity: Identity, { action, resources, context }: Need): Decision {
    const decided = resources.map((resource) => this.judgeOne(identity, action, resource, context));
    return decided.find(({ allowed }) => allowed) ?? decided[0];
  }

  /** The same for something that is done now: what allows it is in use. */
  public decide(identity: Identity, one: Need): Decision {
    const decision = this.judge(identity, one);
    if (decision.allowed) {
      decision.by.forEach((statement) => this.used.add(statement));
    }
    return decision;
  }

  /** Whether a statement allowed something that was done. */
  public isUsed(statement: Statement): boolean {
    return this.used.has(statement);
  }

  private judgeOne({ principal, context }: Identity, action: string, resource: string, more: Need['context']): Decision {
    const role = principal.arn;
    return decide({ principal, action, resource, context: { ...EVERY_CALL, ...context, ...more } }, {
      identity: role === undefined ? [] : role === rootArn(this.account) ? EVERYTHING : this.book.identityOf(role),
      boundary: role === undefined ? undefined : this.book.boundaryOf(role),
      resource: this.book.resourcePolicyOf(resource),
      resourceDecides: action.startsWith('kms:') || action.startsWith('sts:'),
    });
  }
}
