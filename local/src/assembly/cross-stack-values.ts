import { Json } from '../json';
import { Refusal } from './refusal';
import { StackTemplate } from './template';

type StackPlace = Pick<StackTemplate, 'name' | 'region'>;

/** What the stacks that are created have for those that come after them. */
export class CrossStackValues {
  /** By the name of the export. */
  private readonly exports = new Map<string, { readonly from: string; readonly value: Json }>();
  /** By region and name of the stack. */
  private readonly outputs = new Map<string, Readonly<Record<string, Json>>>();

  public export(name: string, value: Json, from: StackPlace): void {
    const known = this.exports.get(name);
    if (known) {
      throw new Refusal(`stack ${from.name} is refused: Export with name ${name} is already exported by stack ${known.from}; give it another name`);
    }
    this.exports.set(name, { from: from.name, value });
  }

  public add(stack: StackPlace, outputs: Readonly<Record<string, Json>>): void {
    this.outputs.set(keyOf(stack), outputs);
  }

  public exported(name: string, reader: StackPlace): Json {
    const found = this.exports.get(name);
    if (!found) {
      throw new Refusal(`stack ${reader.name} is refused: No export named ${name} found; add the stack that exports it, and let ${reader.name} depend on it`);
    }
    return found.value;
  }

  /** What Fn::GetStackOutput reads: unlike an export it is looked up in a stack, and need not be exported. */
  public output(stack: StackPlace, output: string, reader: StackPlace): Json {
    const outputs = this.outputs.get(keyOf(stack));
    const wanted = `stack ${reader.name} reads the output ${output} of stack ${stack.name} in ${stack.region}`;
    if (!outputs) {
      throw new Refusal(`${wanted}, and no stack before it has that name; add it to the app, and let ${reader.name} depend on it`);
    }
    if (!Object.hasOwn(outputs, output)) {
      throw new Refusal(`${wanted}, which has no such output; those it has: ${Object.keys(outputs).join(', ') || 'none'}`);
    }
    return outputs[output];
  }
}

function keyOf({ region, name }: StackPlace): string {
  return `${region}/${name}`;
}
