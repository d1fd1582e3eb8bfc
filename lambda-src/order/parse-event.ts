import * as v from 'valibot';
import { Failure } from '../failure';

/** An event that is as it has to be, or one message that names all that is wrong with it. */
export function parseEvent<S extends v.GenericSchema>(schema: S, event: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, event);
  if (result.success) return result.output;
  const problems = result.issues.map(issue => `${v.getDotPath(issue) ?? 'event'}: ${issue.message}`);
  throw new Failure('InvalidEvent', `the function was called with an event it does not understand: ${problems.join('; ')}`);
}
