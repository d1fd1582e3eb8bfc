import { TaskRunner } from './task-runner';
import { TaskTokens } from './task-tokens';
import { Clock } from '../clock';
import { Random } from '../random';

/** What all parts of one execution share. */
export interface Run {
  readonly clock: Clock;
  readonly random: Random;
  readonly tasks: TaskRunner;
  readonly tokens: TaskTokens;
}
