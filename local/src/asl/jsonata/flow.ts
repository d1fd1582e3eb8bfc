import { Readable } from './expression';
import { compileJsonataTemplate } from './template';
import { Json } from '../../json';
import { assignedNames } from '../assign';
import { Completed, DataFlow } from '../data-flow';
import { Expression } from '../evaluation';
import { Fields } from '../fields';
import { Visit } from '../visit';

/** Arguments, Output and Assign of a JSONata state. */
export class JsonataFlow implements DataFlow {
  private readonly argumentsField?: Expression;
  private readonly output?: Expression;
  private readonly assign?: Expression;

  constructor(fields: Fields) {
    this.argumentsField = compileField(fields, 'Arguments');
    this.output = compileField(fields, 'Output', readableIn(fields));
    this.assign = compileAssign(fields);
  }

  public input(visit: Visit): Json {
    return visit.input.value;
  }

  public arguments(visit: Visit, input: Json): Json | Promise<Json> {
    return this.argumentsField ? this.argumentsField(visit.about()) : input;
  }

  public complete(visit: Visit, _input: Json, result: Json): Completed | Promise<Completed> {
    return this.outcome(visit, { result }, result);
  }

  public handOn(visit: Visit, input: Json): Completed | Promise<Completed> {
    return this.outcome(visit, {}, input);
  }

  /** Both fields see the variables as they were. */
  public async outcome(visit: Visit, seen: { result?: Json; errorOutput?: Json }, otherwise: Json): Promise<Completed> {
    const about = visit.about(seen);
    const assigned = this.assign && (await this.assign(about));
    const output = this.output ? await this.output(about) : otherwise;
    return { output, assigned: assigned as Completed['assigned'] };
  }
}

/** A catcher has a failure, and some types of states have a result. */
function readableIn(fields: Fields): Readable | undefined {
  if (fields.has('ErrorEquals')) {
    return 'errorOutput';
  }
  return ['Task', 'Parallel', 'Map'].includes(String(fields.json('Type'))) ? 'result' : undefined;
}

function compileField(fields: Fields, name: string, readable?: Readable): Expression | undefined {
  return fields.has(name) ? compileJsonataTemplate(fields.json(name), fields.where, fields.fieldName(name), readable) : undefined;
}

function compileAssign(fields: Fields): Expression | undefined {
  assignedNames(fields);
  return compileField(fields, 'Assign', readableIn(fields));
}
