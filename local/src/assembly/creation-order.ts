import { namesWanted } from './references';
import { Refusal } from './refusal';
import { StackTemplate } from './template';

/** The logical ids of a stack's resources, each after those it refers to. */
export function creationOrder({ name: stack, template: { Resources = {} } }: Pick<StackTemplate, 'name' | 'template'>): string[] {
  return inOrder(Object.keys(Resources), (id) => namesWanted(Resources[id]).filter((name) => Object.hasOwn(Resources, name)), (path) =>
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-dependency-error
    `stack ${stack} is refused: Circular dependency between resources: [${path.slice(1).join(', ')}] (${path.join(' -> ')})`);
}

/**
 * The names, each after those that it wants.
 * @param circle says what is wrong with a path that comes back to where it began
 */
export function inOrder(names: readonly string[], wantedBy: (name: string) => readonly string[], circle: (path: string[]) => string): string[] {
  const ordered = new Set<string>();
  const visiting: string[] = [];
  const visit = (name: string): void => {
    if (ordered.has(name)) {
      return;
    }
    if (visiting.includes(name)) {
      throw new Refusal(circle([...visiting.slice(visiting.indexOf(name)), name]));
    }
    visiting.push(name);
    wantedBy(name).forEach(visit);
    visiting.pop();
    ordered.add(name);
  };
  names.forEach(visit);
  return [...ordered];
}
