import { Condition, readCondition } from './condition';
import { readPattern } from './pattern';
import { PolicyError } from './policy-error';
import { readPrincipals } from './principals';
import { Listed, Statement } from './statement';
import { readTemplate } from './template';

type OneOrMany<T> = T | readonly T[];

/** A policy as IAM's grammar has it. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: OneOrMany<Readonly<Record<string, unknown>>>;
}

const ELEMENTS = ['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
/** The version that knows variables. */
const WITH_VARIABLES = '2012-10-17';

/**
 * Reads a policy. What is not known is refused by name: a statement that would be passed over could be one that denies.
 * @param name names the policy in messages
 */
export function readPolicy(name: string, { Version, Statement: statements }: PolicyDocument): Statement[] {
  return many(statements).map((statement, index) => readStatement(placeOf(name, statement, index), statement, Version === WITH_VARIABLES));
}

function placeOf(name: string, { Sid }: Readonly<Record<string, unknown>>, index: number): string {
  return `${name}, statement ${typeof Sid === 'string' && Sid !== '' ? Sid : index + 1}`;
}

function readStatement(place: string, statement: Readonly<Record<string, unknown>>, hasVariables: boolean): Statement {
  const unknown = Object.keys(statement).find((element) => !ELEMENTS.includes(element));
  if (unknown !== undefined) {
    throw new PolicyError(`${place}: the element ${unknown} is not known`);
  }
  const { Effect, Principal, Condition: conditions = {} } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') {
    throw new PolicyError(`${place}: Effect is ${JSON.stringify(Effect)} and has to be Allow or Deny`);
  }
  const actions = listed(place, statement, 'Action');
  if (!actions) {
    throw new PolicyError(`${place}: Action or NotAction is missing`);
  }
  const resources = listed(place, statement, 'Resource');
  return {
    place,
    effect: Effect,
    actions: { except: actions.except, values: actions.values.map((value) => readPattern(value.toLowerCase())) },
    ...(resources && { resources: { except: resources.except, values: resources.values.map((value) => readTemplate(value, hasVariables)) } }),
    ...(Principal !== undefined && { principals: readPrincipals(place, Principal) }),
    conditions: readConditions(place, conditions as ConditionBlock, hasVariables),
  };
}

type ConditionBlock = Readonly<Record<string, Readonly<Record<string, OneOrMany<unknown>>>>>;

function readConditions(place: string, block: ConditionBlock, hasVariables: boolean): Condition[] {
  return Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => readCondition(place, operator, key, many(values).map(String), hasVariables)));
}

/** What `Action` or `NotAction` lists, or their like for resources. */
function listed(place: string, statement: Readonly<Record<string, unknown>>, element: string): Listed<string> | undefined {
  const named = statement[element];
  const excepted = statement[`Not${element}`];
  if (named !== undefined && excepted !== undefined) {
    throw new PolicyError(`${place}: ${element} and Not${element} exclude each other`);
  }
  const values = named ?? excepted;
  return values === undefined ? undefined : { except: named === undefined, values: many(values).map(String) };
}

function many<T>(values: OneOrMany<T>): readonly T[] {
  return Array.isArray(values) ? values : [values as T];
}
