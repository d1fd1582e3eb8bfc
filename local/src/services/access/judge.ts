import { Identity, rootArn } from './caller-principal';
import { Need } from './need';
import { PolicyBook } from './policy-book';
import { ContextValues, decide, Decision, Policies, Principal, readPolicy, Statement } from '../../permissions';

const EVERYTHING = readPolicy('account', { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });

/** Something that was done, and the statements that allowed it. */
export interface AllowedCall {
  readonly identity: Identity;
  readonly need: Need;
  readonly by: readonly Statement[];
}

/** Decides by the policies of the templates, and remembers what they allowed. */
export class Judge {
  /** Each kind of call that was allowed. */
  public readonly allowed: AllowedCall[] = [];

  constructor(private readonly book: PolicyBook, private readonly account: string, private readonly region: string) {}

  /**
   * What the policies say of something, whether or not it is ever done.
   * @param without a statement that is taken as if it were not there
   */
  public judge(identity: Identity, { action, resources, context }: Need, without?: Statement): Decision {
    const decided = resources.map((resource) => this.judgeOne(identity, action, resource, context, without));
    return decided.find(({ allowed }) => allowed) ?? decided[0];
  }

  /** The same for something that is done now: it is remembered if it is allowed. */
  public decide(identity: Identity, need: Need): Decision {
    const decision = this.judge(identity, need);
    if (decision.allowed) {
      this.allowed.push({ identity, need, by: decision.by });
    }
    return decision;
  }

  private judgeOne({ principal, context }: Identity, action: string, resource: string, more: Need['context'], without?: Statement): Decision {
    const policies = this.policiesOf(principal.arn, action, resource);
    return decide(
      { principal, action, resource, context: { ...this.contextOf(principal, action), ...context, ...more } },
      without ? omit(policies, without) : policies,
    );
  }

  /** What is so with every call: all resources are of one account and region. */
  private contextOf({ service }: Principal, action: string): ContextValues {
    return {
      'aws:SecureTransport': 'true',
      'aws:RequestedRegion': this.region,
      'aws:ResourceAccount': this.account,
      // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account
      ...(action.startsWith('kms:') && service === undefined && { 'kms:CallerAccount': this.account }),
    };
  }

  private policiesOf(role: string | undefined, action: string, resource: string): Policies {
    return {
      identity: role === undefined ? [] : role === rootArn(this.account) ? EVERYTHING : this.book.identityOf(role),
      boundary: role === undefined ? undefined : this.book.boundaryOf(role),
      resource: this.book.resourcePolicyOf(resource),
      resourceDecides: action.startsWith('kms:') || action.startsWith('sts:'),
    };
  }
}

function omit({ identity, boundary, resource = [], ...rest }: Policies, without: Statement): Policies {
  const others = (statements: readonly Statement[]) => statements.filter((statement) => statement !== without);
  return { ...rest, identity: others(identity), boundary: boundary && others(boundary), resource: others(resource) };
}
