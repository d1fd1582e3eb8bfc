import { resourcePattern } from './arn-pattern';
import { fits, Pattern } from './pattern';
import { PolicyError } from './policy-error';
import { ResourceMatcher } from './statement';
import { Filled, readTemplate, Template } from './template';

/** One value of `Resource` or `NotResource`. */
export interface NamedResource {
  readonly matches: ResourceMatcher;
  /** The condition keys of its variables. */
  readonly keys: readonly string[];
}

/** `*`, or an ARN of six parts. One with a star may have fewer, because the star can stand for several of them. */
const RESOURCE = /^(\*|arn:([^:]*:){4}.+|arn:.*\*.*)$/s;
/** A variable stands for a part of the resource's name, and for none of what is before it. */
const VARIABLE_BEFORE_NAME = /^([^:]*:){0,4}[^:]*\$\{[^*?$]/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
export function readResource(place: string, text: string, hasVariables: boolean): NamedResource {
  if (!RESOURCE.test(text)) {
    throw new PolicyError(`${place}: the resource ${text} is neither an ARN nor *`);
  }
  if (hasVariables && VARIABLE_BEFORE_NAME.test(text)) {
    throw new PolicyError(`${place}: the resource ${text} has a variable before its fifth colon, where IAM replaces none`);
  }
  const template = readTemplate(text, hasVariables);
  return { matches: matcherOf(template), keys: template.keys };
}

function matcherOf(template: Template): ResourceMatcher {
  const constant = template.constant && readyPattern(template.constant);
  return (resource, context) => {
    const filled = constant ?? readyPattern(template.fill(context));
    return filled !== undefined && fits(filled, resource);
  };
}

function readyPattern(filled: Filled | undefined): Pattern | undefined {
  return filled && resourcePattern(filled.pattern);
}
