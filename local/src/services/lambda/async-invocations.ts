import { FunctionError, InvocationOutcome } from './function-error';
import { FunctionPool } from './function-pool';
import { randomUuid } from '../../random';
import { deliverWithRetry, DESTINATION_RETRY } from '../retried-delivery';
import { Caller } from '../service';
import { ServiceContext } from '../service-context';

/** What becomes of events that a function fails on. */
export interface AsyncSettings {
  readonly retryAttempts: number;
  readonly onFailure?: string;
  readonly onSuccess?: string;
  readonly deadLetterArn?: string;
}

export const DEFAULT_ASYNC_SETTINGS: AsyncSettings = { retryAttempts: 2 };
const RETRY_DELAYS_MS = [60_000, 120_000];

/** Asynchronous invocations: retried when the function fails, then sent to its failure destination. */
export class AsyncInvocations {
  constructor(private readonly context: ServiceContext) {}

  public start(pool: FunctionPool, settings: AsyncSettings, event: string): string {
    const requestId = randomUuid(this.context.random);
    this.context.background.run(pool.config.name, () => this.run(pool, settings, event, requestId));
    return requestId;
  }

  private async run(pool: FunctionPool, settings: AsyncSettings, event: string, requestId: string): Promise<void> {
    const { clock } = this.context;
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.invoke(pool, event);
      if ('payload' in outcome) {
        await this.report(pool, settings.onSuccess, event, requestId, attempt + 1, 'Success', JSON.parse(outcome.payload));
        return;
      }
      if (attempt >= settings.retryAttempts) {
        await this.giveUp(pool, settings, event, requestId, attempt + 1, outcome.failed);
        return;
      }
      await clock.sleep(RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)]);
    }
  }

  private async invoke({ config }: FunctionPool, event: string): Promise<InvocationOutcome> {
    const { calls } = this.context;
    const caller: Caller = { kind: 'service', name: 'lambda' };
    const input = { FunctionName: config.name, Payload: event };
    try {
      const answer = await calls.perform({ service: 'lambda', operation: 'Invoke', input, caller });
      const payload = String(answer.Payload);
      return answer.FunctionError === undefined ? { payload } : { failed: JSON.parse(payload) as FunctionError };
    } catch (error) {
      return { failed: { errorType: 'ServiceException', errorMessage: (error as Error).message } };
    }
  }

  private async giveUp(
    pool: FunctionPool, settings: AsyncSettings, event: string, requestId: string, attempts: number, error: FunctionError,
  ): Promise<void> {
    await this.report(pool, settings.onFailure, event, requestId, attempts, 'RetriesExhausted', error);
    if (settings.deadLetterArn) {
      await deliverWithRetry(this.context, this.caller(pool), settings.deadLetterArn, event, DESTINATION_RETRY);
    }
  }

  private async report(
    pool: FunctionPool, destination: string | undefined, event: string, requestId: string, attempts: number, condition: string,
    response: unknown,
  ): Promise<void> {
    if (!destination) {
      return;
    }
    const message = JSON.stringify({
      version: '1.0',
      timestamp: new Date(this.context.clock.now()).toISOString(),
      requestContext: { requestId, functionArn: `${pool.config.arn}:$LATEST`, condition, approximateInvokeCount: attempts },
      requestPayload: JSON.parse(event) as unknown,
      responseContext: {
        statusCode: 200, executedVersion: '$LATEST', ...(condition !== 'Success' && { functionError: 'Unhandled' }),
      },
      responsePayload: response,
    });
    await deliverWithRetry(this.context, this.caller(pool), destination, message, DESTINATION_RETRY);
  }

  private caller(pool: FunctionPool): Caller {
    const { name } = pool.config;
    const role = this.context.policies.roleOfFunction(name);
    return { kind: 'service', name: `lambda:${name}`, ...(role !== undefined && { as: { role } }) };
  }
}
