import { isJsonObject, Json } from '../json';

/** Public addresses that a template composes, and where the same is found on this machine. */
export class Addresses {
  private readonly known: Array<readonly [string, string]> = [];

  public add(publicAddress: string, localAddress: string): void {
    this.known.push([publicAddress, localAddress]);
  }

  /** The value with every public address in it replaced. */
  public localize<T extends Json>(value: T): T {
    return this.known.length === 0 ? value : this.replaceIn(value) as T;
  }

  private replaceIn(value: Json): Json {
    if (typeof value === 'string') {
      return this.known.reduce((text, [publicAddress, localAddress]) => text.replaceAll(publicAddress, localAddress), value);
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.replaceIn(item));
    }
    return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.replaceIn(item)])) : value;
  }
}
