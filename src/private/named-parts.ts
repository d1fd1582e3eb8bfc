import { Construct } from 'constructs';
import { ValidationError } from './validation-error';

/** A part that is bound below a scope of its own. @internal */
export interface BindablePart<Host> {
  bind(scope: Construct, host: Host): void;
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** The parts that are bound to a workflow, with the path of the workflow. */
const boundTo = new WeakMap<object, string>();

/**
 * The parts of one kind, such as the intakes of a workflow: each is bound once, below the name that it gives itself.
 *
 * A construct id then depends neither on the place of a part in a list nor on the name of its class, which other languages do not have.
 *
 * @internal
 */
export class NamedParts<Host extends Construct, Part extends BindablePart<Host>> extends Construct {
  private readonly names: string[] = [];

  /**
   * @param host the workflow
   * @param id the id, which is the list's property name in upper camel case
   * @param nameProp the property with the name of a part
   */
  constructor(private readonly host: Host, id: string, private readonly nameProp: keyof Part & string) {
    super(host, id);
  }

  public add(part: Part): void {
    const name = this.checkedName(part);
    this.names.push(name);
    boundTo.set(part, this.host.node.path);
    part.bind(new Construct(this, name), this.host);
  }

  private checkedName(part: Part): string {
    const list = this.node.id.charAt(0).toLowerCase() + this.node.id.slice(1);
    const place = `[${this.names.length}]`;
    const name: unknown = part[this.nameProp];
    if (typeof name !== 'string' || !NAME.test(name)) {
      throw new ValidationError(`${this.nameProp} of ${list}${place} is '${name}': use a letter and then up to 39 letters, digits, - or _`, this.host);
    }
    const other = boundTo.get(part);
    if (other !== undefined) {
      throw new ValidationError(`${list}${place}, named ${name}, is already part of the workflow ${other}: create another one`, this.host);
    }
    if (this.names.includes(name)) {
      throw new ValidationError(`${list}[${this.names.indexOf(name)}] and ${place} are both named ${name}: set ${this.nameProp}`, this.host);
    }
    return name;
  }
}
