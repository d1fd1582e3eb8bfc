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
    const failure = new StateFailure(ErrorName.DATA_LIMIT_EXCEEDED, oversize(request.resource), true);
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
  return new Promise<Json>((resolve, reject) => {
    const limit = (name: string, seconds: number | undefined) => {
      timers[name]?.();
      if (seconds !== undefined) {
        timers[name] = clock.after(seconds * 1000, () => reject(new TaskTimeout(name === 'heartbeat')));
      }
    };
    limit('timeout', timeoutSeconds);
    limit('heartbeat', heartbeatSeconds);
    timers.scope = visit.scope.whenAborted(() => reject(new Aborted()));
    const answer =
      token === undefined
        ? undefined
        : new Promise<Json>((succeed, fail) => {
          tokens.wait(token, { succeed, fail, heartbeat: () => limit('heartbeat', heartbeatSeconds) });
        });
    answer?.catch(() => undefined);
    const submitted = (output: Json) => events.submitted(new Payload(output));
    tasks
      .run({ ...request, signal: giveUp.signal, submitted })
      .then((output) => {
        if (answer) {
          submitted(output);
        }
        return answer ?? output;
      })
      .then(resolve, reject);
  }).finally(() => {
    Object.values(timers).forEach((cancel) => cancel());
    if (token !== undefined) {
      tokens.forget(token);
    }
    giveUp.abort();
  });
}
