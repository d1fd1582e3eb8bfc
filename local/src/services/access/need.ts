import { JsonObject } from '../../json';
import { ContextValues } from '../../permissions';

/** One permission that a call needs. */
export interface Need {
  /** As policies write it: `dynamodb:PutItem`. */
  readonly action: string;
  /** The ARN of what it is done to; where a service accepts several, one that is allowed is enough. */
  readonly resources: readonly string[];
  /** Condition keys that this need adds to those of the caller. */
  readonly context?: ContextValues;
}

/** What one operation needs, by its input. */
export type NeedsOf = (input: JsonObject) => readonly Need[];

/** What each operation of a service needs. */
export type NeedTable = Readonly<Record<string, NeedsOf>>;

export function need(action: string, ...resources: readonly string[]): Need {
  return { action, resources };
}
