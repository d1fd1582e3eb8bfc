import { AllowedCall, Judge } from './judge';
import { PolicyBook } from './policy-book';
import { Statement, unusedActions } from '../../permissions';

/** What a statement that allows something was good for so far. */
export interface StatementUse {
  /** The role or the resource that it belongs to. */
  readonly of: string;
  /** The policy, and the statement within it. */
  readonly statement: string;
  /** The actions of the calls that it allowed. */
  readonly used: readonly string[];
  /** Of the actions that it lists, those of no call that it allowed. */
  readonly unused: readonly string[];
  /** The calls that no other statement allowed: without this one they are denied. */
  readonly needed: readonly NeededCall[];
}

export interface NeededCall {
  /** Who made it: the ARN of a role, or a service. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

/** What became of each statement that allows a role something. */
export function usesOfRoles(book: PolicyBook, judge: Judge): StatementUse[] {
  return book.roles().flatMap((role) => usesIn(role, book.identityOf(role), judge));
}

/** The same for those of resources, the trust policies of roles among them. */
export function usesOfResources(book: PolicyBook, judge: Judge): StatementUse[] {
  return book.allResourcePolicies().flatMap(([arn, statements]) => usesIn(arn, statements, judge));
}

function usesIn(of: string, statements: readonly Statement[], judge: Judge): StatementUse[] {
  return statements.filter(({ effect }) => effect === 'Allow').map((statement) => useOf(of, statement, judge));
}

function useOf(of: string, statement: Statement, judge: Judge): StatementUse {
  const calls = judge.allowed.filter(({ identity, need }) => isOn(of, identity.principal.arn, need.resources));
  const needed = calls.filter((call) => isNeeded(statement, call, judge));
  const used = [...new Set([...calls.filter(({ by }) => by.includes(statement)), ...needed].map(({ need }) => need.action))].sort();
  return {
    of,
    statement: statement.place,
    used,
    unused: unusedActions(statement, used),
    needed: needed.map(({ identity: { principal }, need }) => ({
      principal: principal.arn ?? principal.service!,
      action: need.action,
      resource: need.resources[0],
    })),
  };
}

/** The statement of a key that leaves it to the account allows nothing itself, and is needed all the same. */
function isNeeded(statement: Statement, { identity, need, by }: AllowedCall, judge: Judge): boolean {
  const mayBe = by.includes(statement) ? by.length === 1 : statement.principals !== undefined;
  return mayBe && !judge.judge(identity, need, statement).allowed;
}

/** A policy that AWS manages belongs to many roles: a call counts for the role that made it. */
function isOn(of: string, role: string | undefined, resources: readonly string[]): boolean {
  return of === role || resources.includes(of);
}
