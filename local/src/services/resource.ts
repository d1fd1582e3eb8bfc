import { Refusal, refuse } from '../assembly';
import { Json, JsonObject } from '../json';

interface ResourceOrigin {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly logicalId: string;
  readonly type: string;
  /** Of its construct, if the assembly has it. */
  readonly path?: string;
  readonly assets: ReadonlyMap<string, string>;
}

/** A resource that is to be created: what the template says of it, with all intrinsic functions computed. */
export class Resource {
  public readonly logicalId: string;
  public readonly stack: string;
  public readonly region: string;
  public readonly account: string;

  constructor(private readonly origin: ResourceOrigin, public readonly properties: JsonObject) {
    this.logicalId = origin.logicalId;
    this.stack = origin.stack;
    this.region = origin.region;
    this.account = origin.account;
  }

  /** The name that the template gives, else one made of the stack's and the logical id. */
  public name(property: string): string {
    return (this.properties[property] as string | undefined) ?? `${this.stack}-${this.logicalId}`;
  }

  /** The path of its construct; its logical id where the assembly has no paths. */
  public get path(): string {
    return this.origin.path?.replace(/\/Resource$/, '') ?? this.logicalId;
  }

  /** Whether a test or a file means this resource: by its logical id, by the path of its construct, or by the end of that. */
  public isMeantBy(name: string): boolean {
    return this.logicalId === name || `/${this.path}`.endsWith(`/${name}`);
  }

  public arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.account}:${resource}`;
  }

  public get<T extends Json>(property: string): T | undefined {
    return this.properties[property] as T | undefined;
  }

  public required<T extends Json>(property: string): T {
    const value = this.get<T>(property);
    if (value === undefined) {
      throw this.refuse(property, 'is missing', 'CloudFormation wants it');
    }
    return value;
  }

  /** The file or folder that a template names by its key in the asset bucket. */
  public asset(key: string): string | undefined {
    return this.origin.assets.get(key);
  }

  public refuse(property: string | undefined, what: string, remedy: string): Refusal {
    return refuse({ ...this.origin, property }, what, remedy);
  }
}
