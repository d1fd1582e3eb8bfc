import { RecordedCase } from './cases';
import { pythonJson, pythonText } from './python-text';
import { Json, JsonObject, TaskFailure, VirtualClock } from '../../../src';
import { isJsonObject } from '../../../src/json';
import { Work } from '../running';

interface Called {
  readonly event: Json;
  readonly clock: VirtualClock;
  readonly signal: AbortSignal;
  /** How the failure's cause is written: it differs between the two ways to call a function. */
  readonly write: (cause: Json) => string;
}

/** The functions that were invoked in the recordings, as their README describes them. */
const HANDLERS: Record<string, (called: Called) => Json | Promise<Json>> = {
  'id_function.py': ({ event }) => event,
  // A recording shows what it answers to an empty event.
  'echo_function.py': ({ event }) => (isJsonObject(event) && Object.keys(event).length === 0 ? { Return: 'HelloWorld' } : event),
  'raise_exception.py': ({ write }) =>
    fail('Exception', 'Some exception was raised.', 'line 2, in handler\n    raise Exception("Some exception was raised.")\n', write),
  'raise_custom_exception.py': ({ write }) => fail('CustomException', '', 'line 9, in handler\n    raise CustomException()\n', write),
  'wait_60_seconds.py': async ({ event, clock, signal }) => {
    await clock.sleep(60_000, signal);
    return event;
  },
  'large_output_string.py': () => 'a'.repeat(257 * 1024),
  'return_bytes_str.py': () => 'HelloWorld!',
  'return_decorated_input.py': ({ event }) => `input-event-${pythonText(event)}`,
};

/** The case needs something that is not its definition, its input or a tiny function. */
export class NeedsAService extends Error {
  constructor(public readonly resource: string) {
    super(`there is nothing here to do the work of ${resource}`);
  }
}

export function tinyFunctions(lambdas: RecordedCase['lambdas'] = []): Work {
  return async ({ resource, arguments: args, signal }, clock) => {
    if (resource.startsWith('arn:aws:lambda:')) {
      return call(resource, { event: args, clock, signal, write: pythonJson });
    }
    if (resource !== 'arn:aws:states:::lambda:invoke') {
      throw new NeedsAService(resource);
    }
    const { FunctionName, Payload, LogType } = args as JsonObject;
    const payload = await call(String(FunctionName), { event: parsed(Payload), clock, signal, write: JSON.stringify });
    return invocation(payload, LogType === 'Tail');
  };

  function call(functionName: string, called: Called): Json | Promise<Json> {
    const name = functionName.split(':').pop()!;
    const handler = lambdas.find((lambda) => lambda.name === name)?.handler;
    if (handler === undefined) {
      const arn = `arn:<partition>:lambda:<region>:111111111111:function:${name}:$LATEST`;
      const cause = `Function not found: ${arn} (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: 1; Proxy: null)`;
      throw new TaskFailure('Lambda.ResourceNotFoundException', cause);
    }
    return HANDLERS[handler](called);
  }
}

/** A payload given as text is the event's own JSON; none at all is an empty event. */
function parsed(payload: Json | undefined): Json {
  return typeof payload === 'string' ? (JSON.parse(payload) as Json) : (payload ?? {});
}

function fail(errorType: string, errorMessage: string, trace: string, write: Called['write']): never {
  const stackTrace = [`  File "/var/task/handler.py", ${trace}`];
  throw new TaskFailure(errorType, write({ errorMessage, errorType, requestId: 'a request', stackTrace }));
}

/** What the optimized integration makes of an answer. Values that AWS makes up are called as they are masked. */
function invocation(payload: Json, withLog: boolean): Json {
  const headers: Record<string, string> = {
    ...(withLog && { 'X-Amz-Log-Result': 'log' }),
    'X-Amz-Executed-Version': '$LATEST',
    'x-amzn-Remapped-Content-Length': '0',
    'Connection': 'keep-alive',
    'Content-Length': String(Buffer.byteLength(pythonJson(payload))),
    'Content-Type': 'application/json',
  };
  const masked = { 'x-amzn-RequestId': 'x-amzn-RequestId', 'X-Amzn-Trace-Id': 'X-Amzn-Trace-Id', 'Date': 'date' };
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return {
    ExecutedVersion: '$LATEST',
    ...(withLog ? { LogResult: 'log' } : {}),
    Payload: payload,
    SdkHttpMetadata: { AllHttpHeaders: { ...lists, ...masked }, HttpHeaders: { ...headers, ...masked }, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: 'RequestId' },
    StatusCode: 200,
  };
}
