import { Payload } from './payload';
import { Run } from './run';
import { Scope } from './scope';
import { State, Step, Workflow } from './state';
import { checkVariables } from './variables';
import { Visit } from './visit';

/** Goes from state to state until one ends the workflow; resolves with its output. */
export async function runWorkflow(workflow: Workflow, run: Run, scope: Scope, input: Payload): Promise<Payload> {
  let name: string | undefined = workflow.startAt;
  let data = input;
  while (name !== undefined) {
    const state: State = workflow.states.get(name)!;
    const visit: Visit = new Visit(run, scope, state, data);
    const step: Step = await stay(state, visit);
    leave(visit, step);
    data = step.output;
    name = step.next;
  }
  return data;
}

async function stay(state: State, visit: Visit): Promise<Step> {
  try {
    const step = await state.run(visit);
    checkVariables(step.assigned);
    return step;
  } catch (error) {
    visit.scope.throwIfAborted();
    throw visit.failure(error);
  }
}

function leave(visit: Visit, step: Step): void {
  const { output, assigned } = step;
  visit.record(`${visit.state.type}StateExited`, {
    name: visit.state.name,
    output: output.text,
    outputDetails: { truncated: false },
    ...(assigned && {
      assignedVariables: Object.fromEntries(Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)])),
      assignedVariablesDetails: { truncated: false },
    }),
  });
  visit.scope.staysIn = undefined;
  Object.assign(visit.scope.variables, assigned);
}
