import { IterationKind, MapRunRequest, runIterations } from './map-iterations';
import { Json } from '../../json';
import { randomUuid } from '../../random';
import { ContextObject, timestamp } from '../context';
import { endsExecution, ErrorName, StateFailure } from '../failures';
import { History } from '../history';
import { Payload } from '../payload';
import { runWorkflow } from '../run-workflow';
import { Workflow } from '../state';
import { rootScope } from '../variables';
import { Visit } from '../visit';

/** Runs each item as an execution of its own: with its own history, and without the variables of this one. */
export async function runDistributed(request: MapRunRequest, workflow: Workflow, label: string | undefined): Promise<Json[]> {
  const { visit, tolerated } = request;
  const id = randomUuid(visit.run.random);
  const machine = visit.scope.execution.StateMachine.Id.replace(':stateMachine:', ':mapRun:');
  visit.record('MapRunStarted', { mapRunArn: `${machine}/${label ?? visit.state.name}:${id}` });
  try {
    return await runIterations({ ...request, tolerated: { ...tolerated, stated: true } }, childKind(visit, workflow, label ?? id));
  } catch (error) {
    if (!endsExecution(error)) {
      const { error: name, cause } = error as StateFailure;
      visit.record('MapRunFailed', { error: name, cause });
    }
    throw error;
  }
}

function childKind(visit: Visit, workflow: Workflow, label: string): IterationKind {
  const { run, scope } = visit;
  return {
    open: (_iteration, input) =>
      scope.open({
        variables: rootScope(),
        history: new History(run.clock),
        trail: { last: 0 },
        mapItem: undefined,
        execution: childExecution(visit, label, input),
      }),
    started: (_iteration, child) => child.recordAside('ExecutionStarted'),
    succeeded: () => undefined,
    failed: () => undefined,
    async run(child, input) {
      try {
        return (await runWorkflow(workflow, run, child, new Payload(input))).value;
      } catch (error) {
        // Whatever ends the child's execution is only one more failed item of this one.
        throw error instanceof StateFailure ? new StateFailure(ErrorName.TASK_FAILED, error.cause) : error;
      }
    },
  };
}

function childExecution({ run, scope }: Visit, label: string, input: Json): Pick<ContextObject, 'Execution' | 'StateMachine'> {
  const { Execution, StateMachine } = scope.execution;
  const machine = { Id: `${StateMachine.Id}/${label}`, Name: `${StateMachine.Name}/${label}` };
  const name = randomUuid(run.random);
  return {
    StateMachine: machine,
    Execution: {
      ...Execution,
      Id: `${machine.Id.replace(':stateMachine:', ':execution:')}:${name}`,
      Name: name,
      Input: input,
      StartTime: timestamp(run.clock.now()),
    },
  };
}
