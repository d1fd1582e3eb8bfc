/** What is known of a call beside its principal, action and resource: condition keys and their values. */
export class RequestContext {
  private readonly byKey: ReadonlyMap<string, readonly string[]>;

  constructor(values: ContextValues) {
    this.byKey = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), typeof value === 'string' ? [value] : value]));
  }

  /** The values of a key, whose name may be written in any case; undefined if the call has none. */
  public values(key: string): readonly string[] | undefined {
    return this.byKey.get(key.toLowerCase());
  }
}

export type ContextValues = Readonly<Record<string, string | readonly string[]>>;
