import { isJsonObject, Json, JsonObject } from '../../json';

/** An event as targets get it without an input transformer. */
export interface BusEvent extends JsonObject {
  readonly 'version': string;
  readonly 'id': string;
  readonly 'detail-type': string;
  readonly 'source': string;
  readonly 'account': string;
  readonly 'time': string;
  readonly 'region': string;
  readonly 'resources': string[];
  readonly 'detail': JsonObject;
}

/** What a target gets of an event, as its Input, InputPath or InputTransformer says. */
export function inputOf(target: JsonObject, event: BusEvent, ruleArn: string): string {
  if (target.Input !== undefined) {
    return String(target.Input);
  }
  if (target.InputPath !== undefined) {
    return JSON.stringify(atPath(String(target.InputPath), event) ?? null);
  }
  if (isJsonObject(target.InputTransformer)) {
    return transform(target.InputTransformer, event, ruleArn);
  }
  return JSON.stringify(event);
}

function transform({ InputPathsMap, InputTemplate }: JsonObject, event: BusEvent, ruleArn: string): string {
  const paths = isJsonObject(InputPathsMap) ? InputPathsMap : {};
  const values: Record<string, Json | undefined> = {
    'aws.events.rule-arn': ruleArn,
    'aws.events.rule-name': ruleArn.slice(ruleArn.lastIndexOf('/') + 1),
    'aws.events.event.ingestion-time': event.time,
    'aws.events.event': event,
    'aws.events.event.json': event,
    ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, atPath(String(path), event)])),
  };
  const template = String(InputTemplate);
  return template.replace(/<([\w.-]+)>/g, (whole, name: string, offset: number) => {
    if (!Object.hasOwn(values, name)) {
      return whole;
    }
    return fill(values[name], insideText(template, offset));
  });
}

/** Within quotes a value stands as text; elsewhere as JSON, where text that is missing leaves nothing. */
function fill(value: Json | undefined, isInsideText: boolean): string {
  if (!isInsideText) {
    return value === undefined ? '' : JSON.stringify(value);
  }
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

function insideText(template: string, offset: number): boolean {
  return (template.slice(0, offset).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
}

/** A path such as `$.detail.items[0].sku`. */
function atPath(path: string, event: JsonObject): Json | undefined {
  const steps = path.match(/[^.[\]$'"]+/g) ?? [];
  return steps.reduce<Json | undefined>((value, step) => {
    if (Array.isArray(value)) {
      return value[Number(step)];
    }
    return isJsonObject(value) ? value[step] : undefined;
  }, event);
}
