import { Json } from '../json';
import { Fault, FaultPlace } from '../runtime/faults/fault';
import { Faults, InjectedFault } from '../runtime/faults/faults';

type HowOften = Pick<Fault, 'times' | 'probability' | 'after'>;

/**
 * A fault that is being defined: where, how often, and what. It is injected by the last call of the chain.
 *
 *     orders.faults.state('ProcessPayment').times(2).failsAfterEffect();
 */
export class FaultPlan {
  constructor(private readonly faults: Faults, private readonly at: FaultPlace, private readonly often: HowOften = {}) {}

  /** Hits so many calls. @default 1 */
  public times(times: number): FaultPlan {
    return this.with({ times });
  }

  /** Hits every call. */
  public always(): FaultPlan {
    return this.with({ times: Infinity });
  }

  /** Hits this share of the calls, drawn from the cloud's seed. */
  public withProbability(probability: number): FaultPlan {
    return this.with({ probability });
  }

  /** Hits no call before so many have passed. */
  public after(calls: number): FaultPlan {
    return this.with({ after: calls });
  }

  /** The call fails without its effect. @param error the error's name: that of the function's error, or the service's exception */
  public failsBeforeEffect(error?: string): InjectedFault {
    return this.inject({ kind: 'failBefore', error });
  }

  /** The call has its effect, but returns an error. */
  public failsAfterEffect(error?: string): InjectedFault {
    return this.inject({ kind: 'failAfter', error });
  }

  /** The call times out without its effect. */
  public timesOut(): InjectedFault {
    return this.inject({ kind: 'timeOut' });
  }

  /** The call times out, and has its effect afterwards. @param lateByMs how long after the time-out */
  public succeedsLate(lateByMs?: number): InjectedFault {
    return this.inject({ kind: 'lateSuccess', lateByMs });
  }

  /** The call has its effect twice, one after the other. */
  public happensTwice(): InjectedFault {
    return this.inject({ kind: 'duplicate' });
  }

  /** The service throttles the call. */
  public isThrottled(): InjectedFault {
    return this.inject({ kind: 'throttle' });
  }

  /** The call conflicts with a transaction on the same row. */
  public meetsConflict(): InjectedFault {
    return this.inject({ kind: 'conflict' });
  }

  /** The call has its effect, but returns this; for a function, as its payload. */
  public answers(answer: Json): InjectedFault {
    return this.inject({ kind: 'answer', answer });
  }

  private with(often: HowOften): FaultPlan {
    return new FaultPlan(this.faults, this.at, { ...this.often, ...often });
  }

  private inject(what: Pick<Fault, 'kind' | 'error' | 'answer' | 'lateByMs'>): InjectedFault {
    return this.faults.inject({ ...what, ...this.often, at: this.at });
  }
}
