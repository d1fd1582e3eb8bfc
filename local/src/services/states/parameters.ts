import { Integration } from './integration';
import { INTEGRATION_MODELS } from './integration-models';
import { namesInStates } from './member-names';
import { isJsonObject, Json, JsonObject } from '../../json';
import { ListShape, MapShape, Shape, StructureShape } from '../../models';

/** Stands in a definition's parameters for a value that is known at run time only. */
export const COMPUTED: JsonObject = {};

/** The input of a call, made of what a state gives; and what Step Functions refuses of it before it calls the service. */
export interface ReadParameters {
  readonly input: JsonObject;
  readonly problems: readonly ParameterProblem[];
}

export interface ParameterProblem {
  readonly text: string;
  /** For a field that there is not: its name, and the names that there are. */
  readonly field?: { readonly name: string; readonly known: readonly string[] };
}

/** @param definition whether these are the parameters of a definition, in which nothing that is required may be missing */
export function readParameters(integration: Integration, parameters: Json, definition = false): ReadParameters {
  const reader = new ParameterReader(integration, definition);
  const input = reader.read(INTEGRATION_MODELS[integration.service].operations[integration.operation].input, 'Parameters', parameters);
  return { input: isJsonObject(input) ? input : {}, problems: reader.problems };
}

/** By shape and family: from the names in states to the members. */
const NAMES = new WeakMap<StructureShape, Partial<Record<Integration['family'], ReadonlyMap<string, string>>>>();

class ParameterReader {
  public readonly problems: ParameterProblem[] = [];

  constructor(private readonly integration: Integration, private readonly definition: boolean) {}

  public read(shapeName: string, field: string, value: Json): Json {
    if (value === null || value === COMPUTED) {
      return value;
    }
    const shape = INTEGRATION_MODELS[this.integration.service].shapes[shapeName];
    switch (shape.type) {
      case 'structure':
        return isJsonObject(value) ? this.structure(shape, value) : this.invalid(field);
      case 'list':
        return Array.isArray(value) ? this.list(shape, field, value) : this.invalid(field);
      case 'map':
        return isJsonObject(value) ? this.map(shape, field, value) : this.invalid(field);
      case 'string':
      case 'blob':
        return this.text(field, value);
      default:
        return this.scalar(shape, field, value);
    }
  }

  private structure(shape: StructureShape, value: JsonObject): JsonObject {
    const { family } = this.integration;
    const names = namesOf(shape, family);
    const input: Record<string, Json> = {};
    for (const name in value) {
      const member = names.get(name);
      if (member === undefined) {
        const known = Object.keys(shape.members).map((one) => namesInStates(one, family)[0]);
        this.problems.push({ text: `The field "${name}" is not supported by Step Functions`, field: { name, known } });
      } else {
        input[member] = this.read(shape.members[member], name, value[name]);
      }
    }
    for (const member of this.definition ? shape.required ?? [] : []) {
      if (!Object.hasOwn(input, member)) {
        this.problems.push({ text: `The field '${namesInStates(member, family)[0]}' is required but was missing` });
      }
    }
    return input;
  }

  private list({ member }: ListShape, field: string, value: Json[]): Json[] {
    return value.map((item) => this.read(member, field, item));
  }

  private map(shape: MapShape, field: string, value: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.read(shape.value, field, item)]));
  }

  /**
   * A text may be given as JSON: `test_sfn_start_execution_implicit_json_serialisation` in
   * tests/aws/services/stepfunctions/v2/services/test_aws_sdk_task_service.snapshot.json of localstack/localstack.
   * A number is refused: https://stackoverflow.com/a/76373088.
   */
  private text(field: string, value: Json): Json {
    if (typeof value === 'string') {
      return value;
    }
    if (typeof value === 'object') {
      return containsComputed(value) ? COMPUTED : JSON.stringify(value);
    }
    this.problems.push({ text: `The value for the field '${field}' must be a STRING` });
    return null;
  }

  private scalar({ type }: Shape, field: string, value: Json): Json {
    if (type === 'timestamp') {
      const time = typeof value === 'string' ? Date.parse(value) / 1000 : value;
      return typeof time === 'number' && !Number.isNaN(time) ? time : this.invalid(field);
    }
    const wanted = type === 'boolean' ? 'boolean' : 'number';
    const read = typeof value === 'string' ? parsed(value) : value;
    return typeof read === wanted ? read : this.invalid(field);
  }

  /** `test_invoke_with_headers[singleStringHeader]` in …/v2/services/test_apigetway_task_service.snapshot.json of localstack/localstack. */
  private invalid(field: string): null {
    this.problems.push({ text: `The value of the field '${field}' has an invalid format` });
    return null;
  }
}

function namesOf(shape: StructureShape, family: Integration['family']): ReadonlyMap<string, string> {
  const known = NAMES.get(shape) ?? {};
  NAMES.set(shape, known);
  known[family] ??= new Map(Object.keys(shape.members).flatMap((member) => namesInStates(member, family).map((name) => [name, member] as const)));
  return known[family];
}

function containsComputed(value: Json): boolean {
  return value === COMPUTED || (typeof value === 'object' && value !== null && Object.values(value).some(containsComputed));
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
