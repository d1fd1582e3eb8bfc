import { compileTransition } from './transition';
import { Json } from '../../json';
import { CompileWorkflow } from '../compile-workflow';
import { StateSource } from '../data-flow';
import { ErrorHandling } from '../error-handling';
import { endsExecution } from '../failures';
import { Payload } from '../payload';
import { runWorkflow } from '../run-workflow';
import { Scope } from '../scope';
import { State, Step, Workflow } from '../state';
import { innerScope } from '../variables';
import { Visit } from '../visit';

export function compileParallel(source: StateSource, compileWorkflow: CompileWorkflow): State {
  const { name, fields, flow } = source;
  const next = compileTransition(fields);
  const branches = fields.items('Branches').map((branch) => compileWorkflow(branch));
  if (branches.length === 0) {
    throw fields.error('Branches', 'must be a list of at least one branch');
  }
  const handling = new ErrorHandling(source);

  const attempt = async (visit: Visit): Promise<Step> => {
    const input = flow.input(visit);
    const branchInput = visit.payload(await flow.arguments(visit, input));
    visit.record('ParallelStateStarted');
    const results = await runBranches(branches, visit, branchInput);
    visit.scope.recordAside('ParallelStateSucceeded');
    const { output, assigned } = await flow.complete(visit, input, results);
    return { output: visit.payload(output), assigned, next };
  };

  return {
    name,
    type: 'Parallel',
    retries: true,
    run: (visit) =>
      handling.run(
        visit,
        () => attempt(visit),
        () => visit.record('ParallelStateFailed'),
      ),
  };
}

/** The first branch that fails ends the others. */
async function runBranches(branches: readonly Workflow[], visit: Visit, input: Payload): Promise<Json[]> {
  const { run, scope } = visit;
  const scopes = branches.map(() => scope.open({ variables: innerScope(scope.variables) }));
  const outputs = await Promise.all(
    branches.map(async (branch, i) => {
      try {
        const output = await runWorkflow(branch, run, scopes[i], input);
        scope.follow(scopes[i]);
        return output.value;
      } catch (error) {
        endBranches(scope, scopes[i], error);
        throw error;
      }
    }),
  );
  return outputs;
}

function endBranches(scope: Scope, failed: Scope, error: unknown): void {
  if (failed.hasEnded) {
    return;
  }
  if (endsExecution(error)) {
    scope.endInner();
  } else {
    scope.failWith(failed);
  }
}
