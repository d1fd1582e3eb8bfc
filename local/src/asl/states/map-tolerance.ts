import { compileNumber } from './number-field';
import { StateSource } from '../data-flow';
import { Evaluation } from '../evaluation';

/** How many iterations may fail before the map fails. */
export interface Tolerance {
  /** Whether anything is said about it: otherwise the first failure is the map's own. */
  readonly stated: boolean;
  exceededBy(failures: number): boolean;
}

export function compileTolerance(source: StateSource): (about: Evaluation, items: number) => Promise<Tolerance> {
  const count = compileNumber(source, 'ToleratedFailureCount', {
    kind: 'integer',
    check: (value) => (value < 0 ? 'ToleratedFailureCount cannot be negative.' : undefined),
  });
  const percentage = compileNumber(source, 'ToleratedFailurePercentage', {
    kind: 'float',
    check: (value) => (value < 0 || value > 100 ? 'ToleratedFailurePercentage must be between 0 and 100.' : undefined),
  });
  return async (about, items) => {
    const most = await count?.(about);
    const share = await percentage?.(about);
    return {
      stated: most !== undefined || share !== undefined,
      exceededBy(failures) {
        const nothingStated = most === undefined && share === undefined && failures > 0;
        return nothingStated || (most !== undefined && failures > most) || (share !== undefined && (failures * 100) / items > share);
      },
    };
  };
}
