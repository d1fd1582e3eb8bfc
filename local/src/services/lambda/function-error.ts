/** What a function that failed answers, in the shape of the Lambda runtime. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What a handler threw. */
export function thrown(error: unknown): FunctionError {
  return error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
}

export type InvocationOutcome = { readonly payload: string } | { readonly failed: FunctionError };

export function timedOut(at: number, requestId: string, seconds: number): FunctionError {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `${new Date(at).toISOString()} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds`,
  };
}

export function exited(requestId: string, how: string): FunctionError {
  return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: Runtime exited ${how}` };
}

export function tooLarge(bytes: number, limit: number): FunctionError {
  return {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${limit} bytes): it is ${bytes} bytes.`,
  };
}
