import { Condition } from './condition';
import { fits, Pattern, writtenAs } from './pattern';
import { PrincipalList } from './principals';
import { RequestContext } from './request-context';

/** One statement of a policy, read and ready to be compared with calls. */
export interface Statement {
  /** Where it stands, for messages: the policy's name, and the statement's id or position. */
  readonly place: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Listed<Pattern>;
  /** The services whose actions it is about, as actions name them; undefined if it is about those of all. */
  readonly services?: readonly string[];
  /** Undefined in a trust policy, which is about the role that it stands on. */
  readonly resources?: Listed<ResourceMatcher>;
  /** Undefined in a policy that is attached to an identity. */
  readonly principals?: PrincipalList;
  readonly conditions: readonly Condition[];
  /** The condition keys that it looks at, those of variables included. */
  readonly keys: readonly string[];
}

/** Whether a resource is one that a policy names. */
export type ResourceMatcher = (resource: string, context: RequestContext) => boolean;

/** A list of what an element names, or of what it leaves out (`NotAction`, `NotResource`). */
export interface Listed<T> {
  readonly except: boolean;
  readonly values: readonly T[];
}

/** The actions that a statement lists and of which none of the calls was, in lower case, as IAM compares them. */
export function unusedActions({ actions: { except, values } }: Statement, calls: readonly string[]): string[] {
  return except ? [] : values.filter((pattern) => !calls.some((action) => fits(pattern, action.toLowerCase()))).map(writtenAs);
}
