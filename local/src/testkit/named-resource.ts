import { DeployedResource, DeployedStack } from '../runtime/deployment';

/**
 * The name of a resource in a test or a file: by the construct that made it, by its CDK path or a part of that
 * (`Orders`, `Shop/Orders`), by its logical id, or by its physical name.
 */
export type ResourceName = string | { readonly node: { readonly path: string } };

const ROLE = ['AWS::IAM::Role'];

/** The resources of these types that the name fits. */
export function resourcesNamed(stacks: readonly DeployedStack[], name: ResourceName, types: readonly string[]): DeployedResource[] {
  const candidates = resourcesOf(stacks, types);
  if (typeof name !== 'string') {
    const { path } = name.node;
    return candidates.filter((resource) => isWithin(pathOf(resource), path));
  }
  const exact = candidates.filter(({ logicalId, ref }) => logicalId === name || ref === name || lastPart(ref) === name);
  return exact.length > 0 ? exact : candidates.filter((resource) => isPartOf(pathOf(resource), name));
}

/**
 * The one resource that the name fits; an error that lists what there is, if it fits none or several.
 *
 * @param shortNames further names that the caller takes
 */
export function resourceNamed(
  stacks: readonly DeployedStack[], name: ResourceName, types: readonly string[], kind: string, shortNames: readonly string[] = [],
): DeployedResource {
  const found = resourcesNamed(stacks, name, types);
  if (found.length === 1) {
    return found[0];
  }
  const shown = shownName(name);
  const all = [...shortNames, ...resourcesOf(stacks, types).map(pathOf)];
  throw new Error(found.length === 0
    ? `there is no ${kind} '${shown}'; ${all.length === 0 ? `the stacks have no ${kind}` : `there are ${all.join(', ')}`}`
    : `'${shown}' fits several: ${found.map(pathOf).join(', ')}; give more of the path`);
}

/** The ARN of a role that a template makes; what any other may do is not known. */
export function arnOfRole(stacks: readonly DeployedStack[], role: ResourceName): string {
  const isArn = typeof role === 'string' && role.startsWith('arn:');
  const made = isArn ? resourcesOf(stacks, ROLE).find(({ arn }) => arn === role) : resourceNamed(stacks, role, ROLE, 'role');
  if (made?.arn === undefined) {
    throw new Error(`no template makes the role ${shownName(role)}; there are ${resourcesOf(stacks, ROLE).map(pathOf).join(', ') || 'none'}`);
  }
  return made.arn;
}

export function shownName(name: ResourceName): string {
  return typeof name === 'string' ? name : name.node.path;
}

export function resourcesOf(stacks: readonly DeployedStack[], types: readonly string[]): DeployedResource[] {
  return stacks.flatMap(({ resources }) => resources).filter(({ type }) => types.includes(type));
}

/** The path of the construct that made the resource; its logical id where the template has no path. */
export function pathOf({ path, logicalId }: DeployedResource): string {
  return path?.replace(/\/Resource$/, '') ?? logicalId;
}

/** Whether a name is a part of a path: whole names of constructs, as `Shop/Orders` is of `Shop/Orders/Saga`. */
export function isPartOf(path: string, name: string): boolean {
  return `/${path}/`.includes(`/${name}/`);
}

/** The last part of a name, ARN or URL: what AWS's console shows. */
export function lastPart(reference: string): string {
  return reference.slice(Math.max(reference.lastIndexOf('/'), reference.lastIndexOf(':')) + 1);
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}/`);
}
