import { inputOf, IterationKind, MapRunRequest, runIterations } from './map-iterations';
import { Json } from '../../json';
import { randomUuid } from '../../random';
import { ContextObject, timestamp } from '../context';
import { ErrorName, StateFailure } from '../failures';
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
  const machine = visit.scope.execution.StateMachine.Id;
  visit.record('MapRunStarted', { mapRunArn: `${machine.replace(':stateMachine:', ':mapRun:')}/${label ?? visit.state.name}:${id}` });
  try {
    const results = await runIterations({ ...request, tolerated: { ...tolerated, stated: true } }, childKind(visit, workflow, label ?? id));
    visit.record('MapRunSucceeded');
    return results;
  } catch (error) {
    if (error instanceof StateFailure && error.error !== ErrorName.RUNTIME) {
      visit.record('MapRunFailed', { error: error.error, cause: error.cause });
    }
    throw error;
  }
}

function childKind(visit: Visit, workflow: Workflow, label: string): IterationKind {
  const { run, scope } = visit;
  return {
    open: () =>
      scope.open({
        variables: rootScope(),
        history: new History(run.clock),
        trail: { last: 0 },
        mapItem: undefined,
      }),
    started: () => undefined,
    succeeded: () => undefined,
    failed: () => undefined,
    async run(iteration, child) {
      const input = await inputOf(visit, iteration);
      child.execution = childExecution(visit, label, input);
      child.record('ExecutionStarted');
      return (await runWorkflow(workflow, run, child, new Payload(input))).value;
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
