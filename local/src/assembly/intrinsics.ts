import { isJsonObject, Json, JsonObject } from '../json';
import { Refusal } from './refusal';

/** What the names in a template stand for while its stack is created. */
export interface Scope {
  readonly region: string;
  /** A parameter, a pseudo parameter or a resource; undefined for AWS::NoValue. */
  ref(name: string): Json | undefined;
  attribute(logicalId: string, attribute: string): Json;
  condition(name: string): boolean;
  mapping(name: string): JsonObject;
  exported(name: string): Json;
  /** An output of a stack, in the region of this one unless another is named. */
  outputOf(stack: string, output: string, region: string): Json;
}

type Intrinsic = (argument: Json, scope: Scope) => Json | undefined;

/** The value with every intrinsic function in it computed; undefined where the template says AWS::NoValue. */
export function resolve(value: Json, scope: Scope): Json | undefined {
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, scope)).filter((item) => item !== undefined);
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const [name, ...others] = Object.keys(value);
  if (others.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = INTRINSICS[name];
    if (!intrinsic) {
      throw new Refusal(`${name} is not an intrinsic function that the local cloud knows; write its value into the template instead`);
    }
    return intrinsic(value[name], scope);
  }
  const resolved = Object.entries(value).map(([key, item]) => [key, resolve(item, scope)] as const);
  return Object.fromEntries(resolved.filter(([, item]) => item !== undefined)) as JsonObject;
}

/** Decides a condition, which may be made of others. */
export function decide(condition: Json, scope: Scope): boolean {
  if (isJsonObject(condition)) {
    const [name] = Object.keys(condition);
    const argument = condition[name];
    switch (name) {
      case 'Condition':
        return scope.condition(string(argument, scope));
      case 'Fn::And':
        return list(argument).every((item) => decide(item, scope));
      case 'Fn::Or':
        return list(argument).some((item) => decide(item, scope));
      case 'Fn::Not':
        return !decide(list(argument)[0], scope);
      case 'Fn::Equals': {
        const [left, right] = list(argument).map((item) => resolve(item, scope));
        return JSON.stringify(left) === JSON.stringify(right);
      }
    }
  }
  throw new Refusal(`${JSON.stringify(condition)} is not a condition; use Fn::And, Fn::Or, Fn::Not, Fn::Equals or Condition`);
}

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  'Ref': (argument, scope) => scope.ref(argument as string),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...attribute] =
      typeof argument === 'string' ? argument.split('.') : list(argument).map((part) => string(part, scope));
    return scope.attribute(logicalId, attribute.join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [delimiter, parts] = list(argument);
    return list(resolve(parts, scope))
      .map(String)
      .join(delimiter as string);
  },
  'Fn::Sub': (argument, scope) => {
    const [template, variables] = typeof argument === 'string' ? [argument, {}] : list(argument);
    return substitute(template as string, variables as JsonObject, scope);
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = list(argument).map((item) => resolve(item, scope));
    const selected = list(items)[Number(index)];
    if (selected === undefined) {
      throw new Refusal(`Fn::Select wants item ${String(index)} of ${JSON.stringify(items)}; there is none`);
    }
    return selected;
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, source] = list(argument);
    return string(source, scope).split(delimiter as string);
  },
  'Fn::If': (argument, scope) => {
    const [condition, whenTrue, whenFalse] = list(argument);
    return resolve(scope.condition(condition as string) ? whenTrue : whenFalse, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [name, first, second, options] = list(argument);
    const keys = [string(first, scope), string(second, scope)];
    const found = (scope.mapping(string(name, scope))[keys[0]] as JsonObject | undefined)?.[keys[1]];
    const fallback = (options as JsonObject | undefined)?.DefaultValue;
    if (found === undefined && fallback === undefined) {
      throw new Refusal(`mapping ${String(name)} has no ${keys.join('.')}; add it, or choose a region that the mapping has`);
    }
    return found ?? resolve(fallback!, scope);
  },
  'Fn::ImportValue': (argument, scope) => scope.exported(string(argument, scope)),
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
  // The role with which another account is read is not needed here.
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName, Region = scope.region } = argument as JsonObject;
    return scope.outputOf(string(StackName, scope), string(OutputName, scope), string(Region, scope));
  },
  'Fn::Base64': (argument, scope) => Buffer.from(string(argument, scope)).toString('base64'),
  'Fn::GetAZs': (argument, scope) => {
    const region = string(argument, scope) || scope.region;
    return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
  },
  'Fn::Length': (argument, scope) => list(resolve(argument, scope)).length,
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(resolve(argument, scope)),
};

function substitute(template: string, variables: JsonObject, scope: Scope): string {
  return template.replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, inner: string) => {
    if (literal) {
      return `\${${inner}}`;
    }
    const name = inner.trim();
    if (Object.hasOwn(variables, name)) {
      return string(variables[name], scope);
    }
    const [logicalId, ...attribute] = name.split('.');
    return String(attribute.length > 0 ? scope.attribute(logicalId, attribute.join('.')) : scope.ref(name));
  });
}

function list(value: Json | undefined): readonly Json[] {
  if (!Array.isArray(value)) {
    throw new Refusal(`an intrinsic function wants a list here, not ${JSON.stringify(value)}`);
  }
  return value;
}

function string(value: Json, scope: Scope): string {
  return String(resolve(value, scope));
}
