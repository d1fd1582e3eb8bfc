import { DefinitionError } from './definition-error';
import { isJsonObject, Json, JsonObject, jsonTypeOf } from '../json';

/** Reads the fields of one object of a definition, and refuses what it should not have. */
export class Fields {
  constructor(
    /** What a message calls this object, as `state 'Pay'`. */
    public readonly where: string,
    private readonly source: JsonObject,
    /** The path of this object within its state, for messages. */
    private readonly prefix = '',
  ) {}

  /** Any field of the list may be there, no other. `remedy` may know more about one that may not. */
  public allowOnly(names: Iterable<string>, remedy: (name: string) => string | undefined = () => undefined): void {
    const allowed = new Set(names);
    for (const name of Object.keys(this.source)) {
      if (!allowed.has(name)) {
        throw this.error(name, remedy(name) ?? `unknown field; allowed here: ${[...allowed].sort().join(', ')}`);
      }
    }
  }

  public allowOneOf(...names: string[]): void {
    const given = names.filter((name) => this.has(name));
    if (given.length > 1) {
      throw this.error(given[1], `cannot stand beside '${given[0]}'; keep one of them`);
    }
  }

  public has(name: string): boolean {
    return Object.hasOwn(this.source, name);
  }

  public names(): string[] {
    return Object.keys(this.source);
  }

  public json(name: string): Json {
    return this.source[name];
  }

  public string(name: string): string | undefined {
    return this.typed(name, 'string') as string | undefined;
  }

  public requiredString(name: string): string {
    return this.required(name, this.string(name));
  }

  public number(name: string): number | undefined {
    return this.typed(name, 'number') as number | undefined;
  }

  public boolean(name: string): boolean | undefined {
    return this.typed(name, 'boolean') as boolean | undefined;
  }

  public object(name: string): JsonObject | undefined {
    return this.typed(name, 'object') as JsonObject | undefined;
  }

  public requiredObject(name: string): JsonObject {
    return this.required(name, this.object(name));
  }

  public array(name: string): Json[] | undefined {
    return this.typed(name, 'array') as Json[] | undefined;
  }

  /** The objects of an array field, each as fields of their own; none if the field is missing. */
  public items(name: string): Fields[] {
    return (this.array(name) ?? []).map((item, i) => {
      if (!isJsonObject(item)) {
        throw this.error(`${name}[${i}]`, `must be an object but is ${JSON.stringify(item)}`);
      }
      return this.within(`${name}[${i}]`, item);
    });
  }

  public strings(name: string): string[] {
    const strings = this.array(name) ?? [];
    if (strings.length === 0 || !strings.every((item) => typeof item === 'string')) {
      throw this.error(name, 'must be a list of at least one string');
    }
    return strings as string[];
  }

  public within(name: string, object: JsonObject): Fields {
    return new Fields(this.where, object, `${this.fieldName(name)}/`);
  }

  /** These fields with some of another object's among them. */
  public beside(other: Fields, names: readonly string[]): Fields {
    const shared = names.filter((name) => other.has(name)).map((name) => [name, other.json(name)]);
    return new Fields(this.where, { ...this.source, ...Object.fromEntries(shared) }, this.prefix);
  }

  /** The field's name as messages and events give it, with its place in the state. */
  public fieldName(name: string): string {
    return `${this.prefix}${name}`;
  }

  public error(name: string, problem: string): DefinitionError {
    return new DefinitionError(this.where, this.fieldName(name), problem);
  }

  private required<T>(name: string, value: T | undefined): T {
    if (value === undefined) {
      throw this.error(name, 'is missing');
    }
    return value;
  }

  private typed(name: string, type: ReturnType<typeof jsonTypeOf>): Json | undefined {
    if (!this.has(name)) {
      return undefined;
    }
    const value = this.source[name];
    if (jsonTypeOf(value) !== type) {
      throw this.error(name, `must be of type ${type} but is ${JSON.stringify(value)}`);
    }
    return value;
  }
}
