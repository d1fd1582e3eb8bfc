import { Duration, aws_stepfunctions as sfn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ORDER_FUNCTION_CONFLICT, Retrier } from './retries';
import { ValidationError } from './validation-error';
import { ENTERED_AT } from '../jsonata/expressions';

/** What a step states of contention. @internal */
export interface ContentionProps {
  readonly stepName: string;
  readonly busyStatus?: string;
  readonly contentionTimeout?: Duration;
}

/** How a step waits for its turn, and how it ends if that does not come. @internal */
export interface Contention {
  readonly busyStatus: string;
  /** JSONata that yields the time from which no further try fits into the time that the step may wait. */
  readonly lastTryAfter: string;
  readonly retrier: Retrier;
}

/** @internal */
export const DEFAULT_CONTENTION_TIMEOUT = Duration.minutes(1);

/** Between two invocations of the function: it has waited a random time itself, so those that collided do not come back together. */
const INTERVAL_SECONDS = 2;
/** What the tries of one invocation take, up to 2.4 s, and the interval before them. */
const ROUND_SECONDS = 5;
/** For clocks that differ, and for the write of the rejection, which can meet others too. */
const SPARE_TRIES = 10;

/**
 * The function decides by the clock when a conflict is the last, counted from when the state was entered: so the time is the same however
 * its tries and those of the state mix. The state has more tries than fit into it.
 *
 * @internal
 */
export function contentionOf(scope: Construct, { stepName, busyStatus, contentionTimeout }: ContentionProps): Contention | undefined {
  if (busyStatus === undefined) {
    if (contentionTimeout) {
      throw new ValidationError(`${stepName} has a contentionTimeout but no busyStatus, which the order gets after it: give both or none`, scope);
    }
    return undefined;
  }
  const timeout = contentionTimeout ?? DEFAULT_CONTENTION_TIMEOUT;
  const seconds = timeout.toSeconds({ integral: false });
  if (seconds < ROUND_SECONDS || seconds > 3600) {
    throw new ValidationError(
      `contentionTimeout of ${stepName} is ${timeout.toHumanString()}: give ${ROUND_SECONDS} seconds to an hour`, scope,
    );
  }
  return {
    busyStatus,
    lastTryAfter: `$fromMillis($toMillis(${ENTERED_AT}) + ${(seconds - ROUND_SECONDS) * 1000})`,
    retrier: {
      errors: [ORDER_FUNCTION_CONFLICT],
      interval: Duration.seconds(INTERVAL_SECONDS),
      backoffRate: 1,
      maxAttempts: Math.ceil(seconds / INTERVAL_SECONDS) + SPARE_TRIES,
      jitterStrategy: sfn.JitterType.NONE,
    },
  };
}
