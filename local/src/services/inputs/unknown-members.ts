import { nearestName, Problem, Step } from '../../models';

/** Describes each member that a service does not know, with the one that was probably meant. */
export function unknownMembers(problems: readonly Problem[]): string[] {
  return problems.flatMap((problem) => (problem.kind === 'unknown' ? [describe(problem.path, problem.known)] : []));
}

function describe(path: readonly Step[], known: readonly string[]): string {
  const names = path.map((step) => ('member' in step ? step.member : step.element));
  const nearest = nearestName(names.at(-1)!, known);
  return `${names.join('.')}, which the service does not know and ignores${nearest ? `: write ${nearest}` : ''}`;
}
