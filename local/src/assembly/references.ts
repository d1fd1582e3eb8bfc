import { isJsonObject, Json } from '../json';
import { Refusal } from './refusal';
import { StackTemplate, TemplateResource } from './template';

interface Reference {
  readonly name: string;
  readonly isAttribute: boolean;
}

/** The names that a resource must wait for: resources, but also parameters. */
export function namesWanted({ Properties = {}, DependsOn = [] }: TemplateResource): string[] {
  return [...new Set([...referencesIn(Properties).map(({ name }) => name), ...[DependsOn].flat()])];
}

/**
 * Refuses a template with a reference to what it does not have, in the words of CloudFormation.
 * https://github.com/serverless/serverless/issues/4745, https://github.com/aws/aws-cdk/issues/3619
 */
export function checkReferences({ name, template }: StackTemplate): void {
  const { Resources = {}, Outputs = {}, Parameters = {} } = template;
  const isKnown = (one: string) => one.startsWith('AWS::') || Object.hasOwn(Resources, one) || Object.hasOwn(Parameters, one);
  const blocks: ReadonlyArray<readonly [string, Reference[]]> = [
    ['Resources', Object.values(Resources).flatMap((resource) => [
      ...referencesIn(resource.Properties ?? {}), ...[resource.DependsOn ?? []].flat().map((one) => ({ name: one, isAttribute: false })),
    ])],
    ['Outputs', Object.values(Outputs).flatMap(({ Value }) => referencesIn(Value))],
  ];
  for (const [block, references] of blocks) {
    const unknown = references.filter((reference) => !isKnown(reference.name));
    const attribute = unknown.find(({ isAttribute }) => isAttribute);
    if (attribute) {
      throw new Refusal(`stack ${name} is refused: Template error: instance of Fn::GetAtt references undefined resource ${attribute.name}`);
    }
    if (unknown.length > 0) {
      const names = [...new Set(unknown.map((reference) => reference.name))].join(', ');
      throw new Refusal(`stack ${name} is refused: Template format error: Unresolved resource dependencies [${names}] in the ${block} block of the template`);
    }
  }
}

function referencesIn(value: Json): Reference[] {
  if (Array.isArray(value)) {
    return value.flatMap(referencesIn);
  }
  if (!isJsonObject(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]): Reference[] => {
    switch (key) {
      case 'Ref': return typeof item === 'string' ? [{ name: item, isAttribute: false }] : referencesIn(item);
      case 'Fn::GetAtt': return [{ name: String(Array.isArray(item) ? item[0] : String(item).split('.')[0]), isAttribute: true }];
      case 'Fn::Sub': return [...substituted(item), ...referencesIn(item)];
      default: return referencesIn(item);
    }
  });
}

/** What a text takes from the template; the variables that stand beside it are its own. */
function substituted(argument: Json): Reference[] {
  const [text, variables = {}] = [argument].flat();
  return [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)]
    .map(([, name]) => name.trim())
    .filter((name) => !Object.hasOwn(variables as object, name))
    .map((name) => ({ name: name.split('.')[0], isAttribute: false }));
}
