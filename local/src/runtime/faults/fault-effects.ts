import { Fault } from './fault';
import { conflict, internalError, throttled } from './fault-errors';
import { BackgroundWork } from '../../background-work';
import { Clock } from '../../clock';
import { Json, JsonObject } from '../../json';
import { FunctionError, timedOut } from '../../services/lambda/function-error';
import { ServiceCall } from '../../services/service';
import { ConnectionLost, ServiceError } from '../../services/service-error';

const LATE_BY_MS = 1000;
/** How long a caller waits for a service that does not respond, unless its own limit is shorter. */
const SERVICE_TIMEOUT_SECONDS = 60;

export interface FaultContext {
  readonly clock: Clock;
  readonly background: BackgroundWork;
  /** The time-out of the function of this name. */
  functionTimeout(name: string): number;
}

/** Makes a call fail, or behave otherwise, as the fault defines. */
export async function applyFault(fault: Fault, call: ServiceCall, perform: () => Promise<Json>, context: FaultContext): Promise<Json> {
  switch (fault.kind) {
    case 'failBefore': return fail(fault, call);
    case 'failAfter':
      await perform();
      return fail(fault, call);
    case 'timeOut': return noAnswer(call, context);
    case 'lateSuccess':
      happenLate(fault, call, perform, context);
      return noAnswer(call, context);
    case 'duplicate': {
      const first = await perform();
      await perform().catch(() => undefined);
      return first;
    }
    case 'throttle': throw throttled(call);
    case 'conflict': throw conflict(call);
    case 'answer': {
      const output = await perform();
      return call.service === 'lambda' ? { ...(output as JsonObject), Payload: JSON.stringify(fault.answer) } : fault.answer ?? {};
    }
  }
}

function fail({ error }: Fault, call: ServiceCall): Json {
  if (error === undefined) {
    throw internalError(call);
  }
  if (call.service === 'lambda') {
    return functionError({ errorType: error, errorMessage: 'an injected fault', trace: [] });
  }
  throw new ServiceError(error, 'an injected fault');
}

async function noAnswer(call: ServiceCall, context: FaultContext): Promise<Json> {
  // Time cannot pass for a function that is waiting: it sees the connection break at once.
  if (call.caller.kind === 'function') {
    throw new ConnectionLost();
  }
  const seconds = callTimeout(call, context);
  await context.clock.sleep(seconds * 1000);
  if (call.service === 'lambda') {
    return functionError(timedOut(context.clock.now(), 'injected', seconds));
  }
  throw new ConnectionLost();
}

function happenLate({ lateByMs = LATE_BY_MS }: Fault, call: ServiceCall, perform: () => Promise<Json>, context: FaultContext): void {
  const noticed = call.caller.kind === 'function' ? 0 : callTimeout(call, context) * 1000;
  context.background.run('a late effect', async () => {
    await context.clock.sleep(noticed + lateByMs);
    await perform();
  });
}

function callTimeout(call: ServiceCall, context: FaultContext): number {
  return call.service === 'lambda' ? context.functionTimeout(String(call.input.FunctionName)) : SERVICE_TIMEOUT_SECONDS;
}

function functionError(payload: FunctionError): JsonObject {
  return { StatusCode: 200, FunctionError: 'Unhandled', Payload: JSON.stringify(payload), ExecutedVersion: '$LATEST' };
}
