import { createHash } from 'node:crypto';
import { callText } from './call-text';
import { ServiceCall } from '../../services/service';

/**
 * Draws for each call a number that depends on the seed and on the call alone, not on what else goes on at the time:
 * so the same calls are hit in every run, in whatever order threads happen to answer.
 */
export class CallDraw {
  private readonly seen = new Map<string, number>();

  constructor(private readonly seed: number) {}

  /** A number from 0 up to, not including, 1. */
  public next(made: ServiceCall): number {
    const call = callText(made);
    const times = this.seen.get(call) ?? 0;
    this.seen.set(call, times + 1);
    return createHash('sha256').update(`${this.seed} ${times} ${call}`).digest().readUInt32BE(0) / 2 ** 32;
  }
}
