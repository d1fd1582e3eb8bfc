import { isJsonObject, Json } from '../json';
import { Refusal } from './refusal';
import { TemplateResource } from './template';

/** The logical ids of a stack's resources, each after those it refers to. */
export function creationOrder(resources: Readonly<Record<string, TemplateResource>>): string[] {
  const ordered = new Set<string>();
  const visiting: string[] = [];
  const visit = (id: string): void => {
    if (ordered.has(id)) {
      return;
    }
    if (visiting.includes(id)) {
      throw new Refusal(`resources refer to each other in a circle: ${[...visiting, id].join(' -> ')}; CloudFormation refuses that too`);
    }
    visiting.push(id);
    const { Properties = {}, DependsOn = [] } = resources[id];
    const wanted = new Set([...references(Properties), ...[DependsOn].flat()]);
    [...wanted].filter((name) => Object.hasOwn(resources, name)).forEach(visit);
    visiting.pop();
    ordered.add(id);
  };
  Object.keys(resources).forEach(visit);
  return [...ordered];
}

/** Every name that a value refers to: resources, but also parameters. */
function references(value: Json): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(references);
  }
  if (!isJsonObject(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, item]) => {
    switch (key) {
      case 'Ref': return [item as string];
      case 'Fn::GetAtt': return [String(Array.isArray(item) ? item[0] : String(item).split('.')[0])];
      case 'Fn::Sub': return [...substituted(Array.isArray(item) ? item[0] : item), ...references(item)];
      default: return references(item);
    }
  });
}

function substituted(template: Json): string[] {
  return [...String(template).matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => name.trim().split('.')[0]);
}
