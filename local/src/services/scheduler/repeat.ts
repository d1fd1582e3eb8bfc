import { parseSchedule } from './schedule-expression';
import { CancelTimer, Clock } from '../../clock';

/** Does something whenever a schedule says, until it is cancelled. */
export function repeat(expression: string, clock: Clock, perform: (due: number) => void): CancelTimer {
  const schedule = parseSchedule(expression);
  let cancel: CancelTimer = () => undefined;
  const arm = (after: number): void => {
    const due = schedule(after);
    if (due !== undefined) {
      cancel = clock.after(due - clock.now(), () => {
        arm(due);
        perform(due);
      });
    }
  };
  arm(clock.now());
  return () => cancel();
}
