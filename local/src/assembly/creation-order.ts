import { namesWanted } from './references';
import { Refusal } from './refusal';
import { StackTemplate } from './template';

/** Policies of roles, which nothing has to refer to. */
const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'];

/**
 * The logical ids of a stack's resources, each after those it refers to.
 * CloudFormation creates what does not depend on each other at the same time. Policies come as late as they may:
 * what needs one and does not depend on it would be created by chance.
 */
export function creationOrder({ name: stack, template: { Resources = {} } }: Pick<StackTemplate, 'name' | 'template'>): string[] {
  const isPolicy = (id: string) => POLICIES.includes(Resources[id].Type);
  const ids = Object.keys(Resources);
  const wantedBy = (id: string) => namesWanted(Resources[id]).filter((name) => Object.hasOwn(Resources, name));
  return inOrder([...ids.filter((id) => !isPolicy(id)), ...ids.filter(isPolicy)], wantedBy, (path) =>
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
