import { Condition, readCondition } from './condition';
import { readPattern } from './pattern';
import { PolicyError } from './policy-error';
import { readPrincipals } from './principals';
import { readResource } from './read-resources';
import { Listed, Statement } from './statement';

type OneOrMany<T> = T | readonly T[];
type Elements = Readonly<Record<string, unknown>>;

/** A policy as IAM's grammar has it. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: OneOrMany<Elements>;
}

const ELEMENTS = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
/** The version that knows variables. */
const WITH_VARIABLES = '2012-10-17';
/** An action is named by its service, which is written out, and its name. */
const ACTION = /^(\*|\*:\*|[a-z0-9-]+:[^:\s]+)$/i;

/**
 * Reads a policy. What is not known is refused by name: a statement that would be passed over could be one that denies.
 * @param name names the policy in messages
 */
export function readPolicy(name: string, { Version, Statement: statements }: PolicyDocument): Statement[] {
  return many(statements).map((statement, index) => readStatement(placeOf(name, statement, index), statement, Version === WITH_VARIABLES));
}

function placeOf(name: string, { Sid }: Elements, index: number): string {
  return `${name}, statement ${typeof Sid === 'string' && Sid !== '' ? Sid : index + 1}`;
}

function readStatement(place: string, statement: Elements, hasVariables: boolean): Statement {
  const unknown = Object.keys(statement).find((element) => !ELEMENTS.includes(element));
  if (unknown !== undefined) {
    throw new PolicyError(`${place}: the element ${unknown} is not known`);
  }
  const { Effect, Condition: block = {} } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') {
    throw new PolicyError(`${place}: Effect is ${JSON.stringify(Effect)} and has to be Allow or Deny`);
  }
  const actions = listed(place, statement, 'Action');
  if (!actions) {
    throw new PolicyError(`${place}: Action or NotAction is missing`);
  }
  const principals = readPrincipalsOf(place, statement, Effect);
  const named = listed(place, statement, 'Resource');
  if (!named && !principals) {
    throw new PolicyError(`${place}: Resource or NotResource is missing`);
  }
  const resources = named?.values.map((value) => readResource(place, value, hasVariables));
  const conditions = readConditions(place, block as ConditionBlock, hasVariables);
  return {
    place,
    effect: Effect,
    ...readActions(place, actions),
    ...(named && { resources: { except: named.except, values: resources!.map(({ matches }) => matches) } }),
    ...(principals && { principals }),
    conditions,
    keys: [...resources ?? [], ...conditions].flatMap(({ keys }) => keys),
  };
}

function readActions(place: string, { except, values }: Listed<string>): Pick<Statement, 'actions' | 'services'> {
  const wrong = values.find((value) => !ACTION.test(value));
  if (wrong !== undefined) {
    throw new PolicyError(`${place}: the action ${wrong} does not begin with the name of a service and a colon`);
  }
  const names = values.map((value) => value.toLowerCase());
  const services = new Set(names.map((name) => name.split(':')[0]));
  return {
    actions: { except, values: names.map(readPattern) },
    ...(!except && !services.has('*') && { services: [...services] }),
  };
}

function readPrincipalsOf(place: string, statement: Elements, effect: Statement['effect']): Statement['principals'] {
  const { Principal, NotPrincipal } = statement;
  refuseBoth(place, statement, 'Principal');
  if (NotPrincipal !== undefined && effect === 'Allow') {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    throw new PolicyError(`${place}: NotPrincipal is not supported with Allow`);
  }
  const principals = Principal ?? NotPrincipal;
  return principals === undefined ? undefined : readPrincipals(place, principals, NotPrincipal !== undefined);
}

type ConditionBlock = Readonly<Record<string, Readonly<Record<string, OneOrMany<unknown>>>>>;

function readConditions(place: string, block: ConditionBlock, hasVariables: boolean): Condition[] {
  return Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => readCondition(place, operator, key, many(values).map(String), hasVariables)));
}

/** What `Action` or `NotAction` lists, or their like for resources. */
function listed(place: string, statement: Elements, element: string): Listed<string> | undefined {
  refuseBoth(place, statement, element);
  const named = statement[element];
  const values = named ?? statement[`Not${element}`];
  if (values === undefined) {
    return undefined;
  }
  const all = many(values).map(String);
  if (all.length === 0) {
    throw new PolicyError(`${place}: ${element} or Not${element} lists nothing`);
  }
  return { except: named === undefined, values: all };
}

function refuseBoth(place: string, statement: Elements, element: string): void {
  if (statement[element] !== undefined && statement[`Not${element}`] !== undefined) {
    throw new PolicyError(`${place}: ${element} and Not${element} exclude each other`);
  }
}

function many<T>(values: OneOrMany<T>): readonly T[] {
  return Array.isArray(values) ? values : [values as T];
}
