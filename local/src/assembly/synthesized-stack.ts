import { readCloudAssembly } from './cloud-assembly';
import { Refusal } from './refusal';
import { StackTemplate } from './template';

/** What is used of a `Stack` of aws-cdk-lib, whichever copy of it the caller has. */
export interface SynthesizableStack {
  readonly stackName: string;
  readonly dependencies: readonly SynthesizableStack[];
  readonly node: { readonly root: unknown };
}

interface Synthesizable {
  synth(): { readonly directory: string };
}

/** Synthesizes the stack's app, and returns the stack after those it depends on. */
export function synthesizeStack(stack: SynthesizableStack): StackTemplate[] {
  const app = stack.node.root as Partial<Synthesizable>;
  if (typeof app.synth !== 'function') {
    throw new Refusal(`stack ${stack.stackName} has no app above it that can be synthesized; give its construct tree an App as its root`);
  }
  const { directory } = app.synth();
  // What the stack uses of others is known only after the synthesis.
  const wanted = withDependencies(stack);
  return readCloudAssembly(directory).filter(({ name }) => wanted.has(name));
}

function withDependencies(stack: SynthesizableStack, found = new Set<string>()): Set<string> {
  if (!found.has(stack.stackName)) {
    found.add(stack.stackName);
    stack.dependencies.forEach((dependency) => withDependencies(dependency, found));
  }
  return found;
}
