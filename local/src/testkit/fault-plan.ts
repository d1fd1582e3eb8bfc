import { Json } from '../json';
import { Fault, FaultPlace } from '../runtime/faults/fault';
import { Faults, InjectedFault } from '../runtime/faults/faults';

type HowOften = Pick<Fault, 'times' | 'probability' | 'after'>;

/**
 * A fault in the making: where, then how often, then what. Nothing happens before the last word.
 *
 *     orders.faults.state('ProcessPayment').times(2).failsAfterEffect();
 */
export class FaultPlan {
  constructor(private readonly faults: Faults, private readonly at: FaultPlace, private readonly often: HowOften = {}) {}

  /** Hits so many calls. @default once */
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

  /** Lets so many calls pass first. */
  public after(calls: number): FaultPlan {
    return this.with({ after: calls });
  }

  /** It does not happen, and an error is answered. @param error its name: of a function its own, else the service's exception. */
  public failsBeforeEffect(error?: string): InjectedFault {
    return this.inject({ kind: 'failBefore', error });
  }

  /** It happens, and an error is answered nevertheless. */
  public failsAfterEffect(error?: string): InjectedFault {
    return this.inject({ kind: 'failAfter', error });
  }

  /** It does not happen, and nothing is answered until the caller gives up. */
  public timesOut(): InjectedFault {
    return this.inject({ kind: 'timeOut' });
  }

  /** The caller gives up; it happens afterwards. @param lateByMs so long after the caller gave up. */
  public succeedsLate(lateByMs?: number): InjectedFault {
    return this.inject({ kind: 'lateSuccess', lateByMs });
  }

  /** It happens twice, one after the other. */
  public happensTwice(): InjectedFault {
    return this.inject({ kind: 'duplicate' });
  }

  /** Too much was asked of the service. */
  public isThrottled(): InjectedFault {
    return this.inject({ kind: 'throttle' });
  }

  /** A transaction on the same row was in the way. */
  public meetsConflict(): InjectedFault {
    return this.inject({ kind: 'conflict' });
  }

  /** It happens, and this is answered instead; of a function, its payload. */
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
