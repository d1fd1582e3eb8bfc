import { seededRandom } from '../../random';
import { ServiceCall } from '../../services/service';

/**
 * Draws for each call a number that depends on the seed and on the call alone, not on what else goes on at the time:
 * so the same calls are hit in every run, in whatever order threads happen to answer.
 */
export class CallDraw {
  private readonly seen = new Map<string, number>();

  constructor(private readonly seed: number) {}

  public next({ caller, service, operation, input }: ServiceCall): number {
    const call = JSON.stringify([caller, service, operation, input]);
    const times = this.seen.get(call) ?? 0;
    this.seen.set(call, times + 1);
    return seededRandom(fnv1a(`${this.seed} ${times} ${call}`))();
  }
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
