import { compileCatcher, Catcher } from './catch';
import { StateSource } from './data-flow';
import { Aborted, ErrorName, StateFailure } from './failures';
import { Fields } from './fields';
import { compileRetrier, Retrier } from './retry';
import { Step } from './state';
import { Visit } from './visit';

/** Records in the history that the state failed, where its type has an event for that. */
type RecordFailure = () => void;

/** Retry and Catch of a state. */
export class ErrorHandling {
  private readonly retriers: readonly Retrier[];
  private readonly catchers: readonly Catcher[];

  constructor(source: StateSource) {
    this.retriers = wildcardLast(source.fields, 'Retry').map(compileRetrier);
    this.catchers = wildcardLast(source.fields, 'Catch').map((rule) => compileCatcher(source.language, rule));
  }

  /** Tries until an attempt succeeds or no retrier matches; then a catcher may handle the failure. */
  public async run(visit: Visit, attempt: () => Promise<Step>, recordFailure: RecordFailure = () => undefined): Promise<Step> {
    const attempts = this.retriers.map(() => 0);
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof Aborted) {
          throw error;
        }
        const failure = visit.failure(error);
        const index = this.retriers.findIndex((retrier) => handles(retrier.errorEquals, failure));
        const retrier = this.retriers[index];
        if (!retrier || attempts[index] >= retrier.maxAttempts) {
          return this.catchFailure(visit, failure, recordFailure);
        }
        await visit.pause(retrier.delayMs(attempts[index]++, visit.run.random));
        visit.retryCount++;
      }
    }
  }

  private async catchFailure(visit: Visit, failure: StateFailure, recordFailure: RecordFailure): Promise<Step> {
    if (failure.error !== ErrorName.RUNTIME) {
      recordFailure();
    }
    const catcher = this.catchers.find(({ errorEquals }) => handles(errorEquals, failure));
    if (!catcher) {
      throw failure;
    }
    try {
      return await catcher.step(visit, failure);
    } catch (error) {
      const second = visit.failure(error);
      if (second.error !== ErrorName.RUNTIME) {
        recordFailure();
      }
      throw second;
    }
  }
}

/** States.Runtime ends the execution and cannot be caught; other errors can be named, and most are among the wildcards. */
function handles(errorEquals: readonly string[], failure: StateFailure): boolean {
  const { error, reportedByTask, missedHeartbeat } = failure;
  if (error === ErrorName.RUNTIME) {
    return false;
  }
  const amongAll = error !== ErrorName.DATA_LIMIT_EXCEEDED || reportedByTask;
  const timedOut = error === ErrorName.TIMEOUT;
  return errorEquals.some(
    (name) =>
      name === error ||
      (name === ErrorName.ALL && amongAll) ||
      (name === ErrorName.TASK_FAILED && amongAll && !timedOut) ||
      (name === ErrorName.HEARTBEAT_TIMEOUT && missedHeartbeat),
  );
}

/** States.ALL must stand alone in its rule, and the rule must be the last. */
function wildcardLast(fields: Fields, name: string): Fields[] {
  const rules = fields.items(name);
  rules.forEach((rule, i) => {
    const errors = rule.strings('ErrorEquals');
    if (errors.includes(ErrorName.ALL) && (errors.length > 1 || i < rules.length - 1)) {
      throw rule.error('ErrorEquals', 'States.ALL must stand alone, in the last rule');
    }
  });
  return rules;
}
