import { compilePath, PathExpression } from './compile-path';
import { compileResultPath, PlaceResult } from './result-path';
import { compilePathTemplate } from './template';
import { Json } from '../../json';
import { assignedNames } from '../assign';
import { Completed, DataFlow } from '../data-flow';
import { Fields } from '../fields';
import { Visit } from '../visit';

/** InputPath, Parameters, ResultSelector, ResultPath, OutputPath and Assign of a JSONPath state. */
export class JsonPathFlow implements DataFlow {
  private readonly inputPath?: PathExpression;
  private readonly parameters?: PathExpression;
  private readonly resultSelector?: PathExpression;
  private readonly placeResult: PlaceResult;
  private readonly outputPath?: PathExpression;
  private readonly assign?: PathExpression;

  constructor(fields: Fields) {
    this.inputPath = compilePathField(fields, 'InputPath');
    this.parameters = compileTemplateField(fields, 'Parameters');
    this.resultSelector = compileTemplateField(fields, 'ResultSelector');
    this.placeResult = compileResultPath(
      fields.has('ResultPath') ? fields.json('ResultPath') : undefined,
      fields.where,
      fields.fieldName('ResultPath'),
    );
    this.outputPath = compilePathField(fields, 'OutputPath');
    assignedNames(fields);
    this.assign = compileTemplateField(fields, 'Assign');
  }

  public input(visit: Visit): Json {
    return this.inputPath ? this.inputPath(visit.about()) : visit.input.value;
  }

  public arguments(visit: Visit, input: Json): Json {
    return this.parameters ? this.parameters(visit.about({ document: input })) : input;
  }

  public complete(visit: Visit, _input: Json, result: Json): Completed {
    const selected = this.resultSelector ? this.resultSelector(visit.about({ document: result })) : result;
    return this.outcome(visit, selected, this.placeResult(visit.input.value, selected));
  }

  public handOn(visit: Visit, input: Json): Completed {
    return this.outcome(visit, input, input);
  }

  private outcome(visit: Visit, assignable: Json, combined: Json): Completed {
    const assigned = this.assign?.(visit.about({ document: assignable })) as Completed['assigned'];
    const output = this.outputPath ? this.outputPath(visit.about({ document: combined })) : combined;
    return { output, assigned };
  }
}

/** `null` instead of a path stands for an empty object. */
function compilePathField(fields: Fields, name: string): PathExpression | undefined {
  if (!fields.has(name)) {
    return undefined;
  }
  return fields.json(name) === null ? () => ({}) : compilePath(fields.requiredString(name), fields.where, fields.fieldName(name));
}

function compileTemplateField(fields: Fields, name: string): PathExpression | undefined {
  return fields.has(name) ? compilePathTemplate(fields.json(name), fields.where, fields.fieldName(name)) : undefined;
}
