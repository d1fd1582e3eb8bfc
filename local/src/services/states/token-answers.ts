import { TaskTokens, UnknownTaskToken } from '../../asl';
import { Json, JsonObject } from '../../json';
import { ServiceError } from '../service-error';

/** The form of tokens that this cloud gives out. */
const TOKEN = /^[0-9a-f]{64}$/;

/** Completes a waiting task by its token. */
export function answerToken(tokens: TaskTokens, answer: 'success' | 'failure' | 'heartbeat', input: JsonObject): JsonObject {
  const token = String(input.taskToken);
  try {
    switch (answer) {
      case 'success':
        tokens.succeed(token, parseOutput(String(input.output)));
        break;
      case 'failure':
        tokens.fail(token, input.error as string | undefined, input.cause as string | undefined);
        break;
      case 'heartbeat':
        tokens.heartbeat(token);
    }
  } catch (error) {
    if (error instanceof UnknownTaskToken) {
      throw TOKEN.test(token)
        ? new ServiceError('TaskTimedOut', 'Task Timed Out: \'Provided task does not exist anymore\'')
        : new ServiceError('InvalidToken', 'Invalid Token: \'Invalid token\'');
    }
    throw error;
  }
  return {};
}

function parseOutput(output: string): Json {
  try {
    return JSON.parse(output) as Json;
  } catch {
    throw new ServiceError('InvalidOutput', 'Invalid Output: \'Output is not valid JSON\'');
  }
}
