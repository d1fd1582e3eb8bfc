import { FunctionError, InvocationOutcome } from './function-error';
import { FunctionRunner } from './function-runner';
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

  public start(runner: FunctionRunner, settings: AsyncSettings, event: string): string {
    const requestId = randomUuid(this.context.random);
    this.context.background.run(runner.config.name, () => this.run(runner, settings, event, requestId));
    return requestId;
  }

  private async run(runner: FunctionRunner, settings: AsyncSettings, event: string, requestId: string): Promise<void> {
    const { clock } = this.context;
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.invoke(runner, event);
      if ('payload' in outcome) {
        await this.report(runner, settings.onSuccess, event, requestId, attempt + 1, 'Success', JSON.parse(outcome.payload));
        return;
      }
      if (attempt >= settings.retryAttempts) {
        await this.giveUp(runner, settings, event, requestId, attempt + 1, outcome.failed);
        return;
      }
      await clock.sleep(RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)]);
    }
  }

  private async invoke({ config }: FunctionRunner, event: string): Promise<InvocationOutcome> {
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
    runner: FunctionRunner, settings: AsyncSettings, event: string, requestId: string, attempts: number, error: FunctionError,
  ): Promise<void> {
    await this.report(runner, settings.onFailure, event, requestId, attempts, 'RetriesExhausted', error);
    if (settings.deadLetterArn) {
      await deliverWithRetry(this.context, this.caller(runner), settings.deadLetterArn, event, DESTINATION_RETRY);
    }
  }

  private async report(
    runner: FunctionRunner, destination: string | undefined, event: string, requestId: string, attempts: number, condition: string,
    response: unknown,
  ): Promise<void> {
    if (!destination) {
      return;
    }
    const message = JSON.stringify({
      version: '1.0',
      timestamp: new Date(this.context.clock.now()).toISOString(),
      requestContext: { requestId, functionArn: `${runner.config.arn}:$LATEST`, condition, approximateInvokeCount: attempts },
      requestPayload: JSON.parse(event) as unknown,
      responseContext: {
        statusCode: 200, executedVersion: '$LATEST', ...(condition !== 'Success' && { functionError: 'Unhandled' }),
      },
      responsePayload: response,
    });
    await deliverWithRetry(this.context, this.caller(runner), destination, message, DESTINATION_RETRY);
  }

  private caller(runner: FunctionRunner): Caller {
    const { name } = runner.config;
    const role = this.context.policies.roleOfFunction(name);
    return { kind: 'service', name: `lambda:${name}`, ...(role !== undefined && { as: { role } }) };
  }
}
