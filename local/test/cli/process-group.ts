import { execFileSync } from 'node:child_process';

/** The processes of a group: the command's and all that it started, whichever their parent is by now. */
export function processesOf(group: number): number[] {
  return execFileSync('ps', ['-axo', 'pid=,pgid=,stat='], { encoding: 'utf8' }).trim().split('\n')
    .map((line) => line.trim().split(/\s+/))
    // What has ended and only waits for its parent to notice runs no more.
    .filter(([, pgid, state]) => Number(pgid) === group && !state.startsWith('Z'))
    .map(([pid]) => Number(pid));
}

/** Resolves when no process of the group is left; the test's own time-out is what fails otherwise. */
export async function allGone(group: number): Promise<void> {
  while (processesOf(group).length > 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
