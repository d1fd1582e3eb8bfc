import { STATE_NAMES } from '../contract/state-names';
import { isJsonObject, Json, JsonObject } from '../json';

/** What the definition of an order workflow names. */
export interface OrderDefinition {
  readonly ordersTable: string;
  readonly failureTopicArn?: string;
  readonly stateNames: ReadonlySet<string>;
}

/** Reads a state machine's definition; undefined if it is not that of an order workflow. */
export function readOrderDefinition(definition: string): OrderDefinition | undefined {
  const states = statesIn(JSON.parse(definition) as Json);
  const complete = states.find(([name]) => name === STATE_NAMES.COMPLETE_ORDER)?.[1];
  const ordersTable = argumentsOf(complete).TableName;
  if (typeof ordersTable !== 'string') {
    return undefined;
  }
  const publish = states.find(([, { Resource }]) => String(Resource).endsWith(':sns:publish'))?.[1];
  const topic = argumentsOf(publish).TopicArn;
  return {
    ordersTable,
    stateNames: new Set(states.map(([name]) => name)),
    ...(typeof topic === 'string' && { failureTopicArn: topic }),
  };
}

function argumentsOf(state: JsonObject | undefined): JsonObject {
  const given = state?.Arguments ?? state?.Parameters;
  return isJsonObject(given) ? given : {};
}

/** All states, those inside of branches and maps too. */
function statesIn(value: Json): Array<[string, JsonObject]> {
  if (Array.isArray(value)) {
    return value.flatMap(statesIn);
  }
  if (!isJsonObject(value)) {
    return [];
  }
  const own = isJsonObject(value.States) ? Object.entries(value.States as Record<string, JsonObject>) : [];
  return [...own, ...Object.values(value).flatMap(statesIn)];
}
