import { compileNumber } from './number-field';
import { compileTransition } from './transition';
import { Json, JsonObject } from '../../json';
import { StateSource } from '../data-flow';
import { ErrorHandling } from '../error-handling';
import { Expression } from '../evaluation';
import { isJsonataText } from '../jsonata/expression';
import { compileJsonataTemplate } from '../jsonata/template';
import { compilePathTemplate } from '../jsonpath/template';
import { performTask } from '../perform-task';
import { State, Step } from '../state';
import { parseResource, TaskEvents } from '../task-events';
import { Visit } from '../visit';

/** A year and a bit: what Step Functions takes for a time-out. */
const LONGEST_SECONDS = 99_999_999;

export function compileTask(source: StateSource): State {
  const { name, fields, flow } = source;
  const next = compileTransition(fields);
  const resource = fields.requiredString('Resource');
  if (isJsonataText(resource)) {
    throw fields.error('Resource', 'cannot be an expression; write the ARN itself');
  }
  const target = parseResource(resource);
  const timeout = compileSeconds(source, 'TimeoutSeconds');
  const heartbeat = compileSeconds(source, 'HeartbeatSeconds');
  refuseHeartbeatBeyondTimeout(source);
  const credentials = compileCredentials(source);
  const handling = new ErrorHandling(source);
  const parametersField = source.language === 'JSONata' ? 'Arguments' : 'Parameters';

  const attempt = async (visit: Visit): Promise<Step> => {
    const input = flow.input(visit);
    visit.token = target.waitsForToken ? visit.run.tokens.create(visit.run.random) : undefined;
    const about = visit.about({ document: input });
    const evaluated = together([timeout?.(about), heartbeat?.(about), credentials?.(about), flow.arguments(visit, input)]);
    const [timeoutSeconds, heartbeatSeconds, taskCredentials, args] = evaluated instanceof Promise ? await evaluated : evaluated;
    const limits = { timeoutSeconds: timeoutSeconds as number, heartbeatSeconds: heartbeatSeconds as number };

    const problems = visit.run.tasks.problemsOf?.(target.resource, args!) ?? [];
    if (problems.length > 0) {
      throw visit.runtimeFailure(`The ${parametersField} '${visit.payload(args!).text}' could not be used to start the Task: [${problems.join(', ')}]`);
    }

    const events = new TaskEvents(visit, target);
    const schedule = { timeoutInSeconds: limits.timeoutSeconds, heartbeatInSeconds: limits.heartbeatSeconds };
    events.scheduled(visit.payload(args!), schedule, taskCredentials as JsonObject | undefined);
    // What is scheduled at the same moment in other branches comes before any of it starts.
    await undefined;
    events.started();
    const result = await performTask(
      visit,
      {
        resource: target.resource,
        arguments: args!,
        stateName: name,
        executionArn: visit.scope.execution.Execution.Id,
        attempt: visit.retryCount,
        token: visit.token,
        ...limits,
        credentials: taskCredentials,
      },
      events,
    );
    const { output, assigned } = await flow.complete(visit, input, result);
    return { output: visit.payload(output), assigned, next };
  };

  return { name, type: 'Task', retries: true, run: (visit) => handling.run(visit, () => attempt(visit)) };
}

function compileSeconds(source: StateSource, field: string) {
  return compileNumber(source, field, {
    kind: 'integer',
    check: (value) => (value > 0 && value <= LONGEST_SECONDS ? undefined : `It must be from 1 to ${LONGEST_SECONDS}.`),
  });
}

function refuseHeartbeatBeyondTimeout({ fields }: StateSource): void {
  const [timeout, heartbeat] = ['TimeoutSeconds', 'HeartbeatSeconds'].map((field) => fields.json(field));
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    throw fields.error('HeartbeatSeconds', `must be smaller than TimeoutSeconds, which is ${timeout}`);
  }
}

function compileCredentials({ fields, language }: StateSource): Expression | undefined {
  if (!fields.has('Credentials')) {
    return undefined;
  }
  const compile = language === 'JSONata' ? compileJsonataTemplate : compilePathTemplate;
  const credentials = fields.requiredObject('Credentials');
  if (!Object.hasOwn(credentials, 'RoleArn') && !Object.hasOwn(credentials, 'RoleArn.$')) {
    throw fields.error('Credentials/RoleArn', 'is missing; name the role to assume');
  }
  return compile(credentials, fields.where, 'Credentials');
}

type Evaluated = Json | undefined;

/** Waits only if something is to be waited for: JSONPath is ready at once, and events keep their order. */
function together(values: Array<Evaluated | Promise<Evaluated>>): Evaluated[] | Promise<Evaluated[]> {
  return values.some((value) => value instanceof Promise) ? Promise.all(values) : (values as Evaluated[]);
}
