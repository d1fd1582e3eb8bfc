import { Json, JsonObject } from '../../json';
import { fits as fitsPattern, readPattern } from '../../permissions/pattern';

/** Whether a policy lets a caller invoke what the ARN names: something must allow it, and nothing deny it. */
export function allows({ Statement }: JsonObject, resourceArn: string): boolean {
  const statements = ([Statement ?? []].flat() as JsonObject[]).filter(({ Action, Resource }) =>
    fits(Action, 'execute-api:Invoke') && fits(Resource, resourceArn));
  return statements.some(({ Effect }) => Effect === 'Allow') && !statements.some(({ Effect }) => Effect === 'Deny');
}

function fits(patterns: Json | undefined, text: string): boolean {
  return ([patterns ?? []].flat() as string[]).some((pattern) => fitsPattern(readPattern(pattern.toLowerCase()), text.toLowerCase()));
}
