import type { WriteCases } from './cases/case';
import { CLOSING } from './cases/closing';
import { HOLDING } from './cases/holding';
import { MOVING } from './cases/moving';
import { OPENING_CASES } from './cases/opening';
import { RECOVERING } from './cases/recovering';
import { UNDOING_CASES } from './cases/undoing';

/** For each write of the contract, the rows that it must accept and refuse, and what it leaves. */
export const WRITE_CASES: { readonly [write: string]: WriteCases } = {
  ...OPENING_CASES, ...MOVING, ...UNDOING_CASES, ...HOLDING, ...CLOSING, ...RECOVERING,
};
