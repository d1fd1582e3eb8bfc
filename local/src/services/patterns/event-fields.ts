import { isJsonObject, Json, JsonObject } from '../../json';

/** A value that is neither an object nor a list. */
export type Leaf = string | number | boolean | null;

/** For each list that a value is in, the element of the list. */
export type Place = ReadonlyMap<number, number>;

export interface Field {
  readonly value: Leaf;
  readonly place: Place;
}

const NOWHERE: Place = new Map();

/** The leaves of an event by their paths, `detail.lines.sku`. Lists are no part of a path: each element stands for the list. */
export class EventFields {
  private readonly fields = new Map<string, Field[]>();
  private lists = 0;

  constructor(event: JsonObject) {
    this.readObject(event, '', NOWHERE);
  }

  /** The leaves at a path that can be in one match with those at a place: no list has two elements in it. */
  public at(path: string, place: Place): Field[] {
    return (this.fields.get(path) ?? []).filter((field) => [...field.place].every(([list, element]) => (place.get(list) ?? element) === element));
  }

  private readObject(object: JsonObject, path: string, place: Place): void {
    Object.entries(object).forEach(([name, value]) => this.read(value, path === '' ? name : `${path}.${name}`, place));
  }

  private read(value: Json, path: string, place: Place): void {
    if (Array.isArray(value)) {
      this.readList(value, path, place);
    } else if (isJsonObject(value)) {
      this.readObject(value, path, place);
    } else {
      const known = this.fields.get(path) ?? [];
      this.fields.set(path, known);
      known.push({ value, place });
    }
  }

  private readList(list: readonly Json[], path: string, place: Place): void {
    const id = this.lists++;
    list.forEach((element, index) => {
      const hasFields = typeof element === 'object' && element !== null;
      this.read(element, path, hasFields ? new Map([...place, [id, index]]) : place);
    });
  }
}
