import { Aborted, ErrorName, StateFailure } from './failures';
import { Payload } from './payload';
import { TaskEvents } from './task-events';
import { TaskFailure, TaskRequest } from './task-runner';
import { oversize, Visit } from './visit';
import { CancelTimer } from '../clock';
import { Json } from '../json';

/** Lets the runner do the work, watches its time, and resolves with the result. */
export async function performTask(visit: Visit, request: Omit<TaskRequest, 'signal' | 'submitted'>, events: TaskEvents): Promise<Json> {
  let result: Payload;
  try {
    result = new Payload(await untilAnswered(visit, request, events));
  } catch (error) {
    visit.scope.throwIfAborted();
    throw reported(error, events);
  }
  if (result.tooLarge) {
    const failure = new StateFailure(ErrorName.DATA_LIMIT_EXCEEDED, oversize(events.taskName), true);
    events.failed(failure);
    throw failure;
  }
  events.succeeded(result);
  return result.value;
}

/** A task that took too long, or kept silent for too long: AWS reports both under one name. */
class TaskTimeout extends Error {
  constructor(public readonly missedHeartbeat: boolean) {
    super();
  }
}

function reported(error: unknown, events: TaskEvents): unknown {
  if (error instanceof TaskTimeout) {
    const failure = new StateFailure(ErrorName.TIMEOUT, undefined, true, error.missedHeartbeat);
    events.timedOut(failure);
    return failure;
  }
  if (error instanceof TaskFailure) {
    const failure = new StateFailure(error.error, error.cause, true);
    events.failed(failure);
    return failure;
  }
  return error;
}

function untilAnswered(visit: Visit, request: Omit<TaskRequest, 'signal' | 'submitted'>, events: TaskEvents): Promise<Json> {
  const { clock, tasks, tokens } = visit.run;
  const { token, timeoutSeconds, heartbeatSeconds } = request;
  const giveUp = new AbortController();
  const timers: Record<string, CancelTimer> = {};
  const stopWaiting = () => {
    Object.values(timers).forEach((cancel) => cancel());
    if (token !== undefined) {
      tokens.forget(token);
    }
  };
  return new Promise<Json>((resolve, reject) => {
    const fail = (error: Error) => {
      stopWaiting();
      giveUp.abort(error);
      reject(error);
    };
    const limit = (name: string, seconds: number | undefined) => {
      timers[name]?.();
      if (seconds !== undefined) {
        timers[name] = clock.after(seconds * 1000, () => fail(new TaskTimeout(name === 'heartbeat')));
      }
    };
    limit('timeout', timeoutSeconds);
    limit('heartbeat', heartbeatSeconds);
    timers.scope = visit.scope.whenAborted(() => fail(new Aborted()));
    const answer = token === undefined ? undefined : answerTo(token, visit, () => limit('heartbeat', heartbeatSeconds));
    const submitted = (output: Json) => {
      if (!giveUp.signal.aborted) {
        events.submitted(new Payload(output));
      }
    };
    // In a function of its own, so that a runner that throws at once is treated as one that rejects.
    const work = async () => tasks.run({ ...request, signal: giveUp.signal, submitted });
    work()
      .then((output) => {
        if (answer) {
          submitted(output);
        }
        return answer ?? output;
      })
      .finally(stopWaiting)
      .then(resolve, reject);
  });
}

/** What comes from outside for this token; it may come before the request for it has come back. */
function answerTo(token: string, visit: Visit, heartbeat: () => void): Promise<Json> {
  const answer = new Promise<Json>((succeed, fail) => visit.run.tokens.wait(token, {
    executionArn: visit.scope.execution.Execution.Id, succeed, fail, heartbeat,
  }));
  answer.catch(() => undefined);
  return answer;
}
