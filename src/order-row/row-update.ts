import { aws_dynamodb as dynamodb } from 'aws-cdk-lib';
import { OrderChange, UpdateParts, renderUpdate } from './update-expression';
import { SHARD_HASH } from '../contract/open-orders';
import { Assignment, Clause, Expressions, Parameter, Parameters, Path, Removal, RowWrite, Value, isFlag, isOptional } from '../contract/row-write';
import { Assignments, ENTERED_AT, MARSHAL, OWNER, jsonata, literal } from '../jsonata/expressions';

/** The expressions that every state gives to a write: the same for each retry, so that a repeated write has the same bytes. */
const WRITER = { owner: OWNER, at: ENTERED_AT };

/**
 * A write of the contract, and the expressions that a state gives to it.
 *
 * @internal
 */
export interface RowUpdate<P extends Parameters = Parameters> {
  readonly table: dynamodb.ITable;
  readonly write: RowWrite<P>;
  /** JSONata that yields the order's id. */
  readonly orderId: string;
  /** Variables that the expressions mention. */
  readonly variables?: Assignments;
  readonly values: Omit<Expressions<P>, keyof typeof WRITER>;
}

/** The parameters of a call that updates the order's row. @internal */
export function updateParameters<P extends Parameters>({ table, orderId, ...update }: RowUpdate<P>): { [name: string]: unknown } {
  return { TableName: table.tableName, Key: { orderId: { S: jsonata(orderId) } }, ...renderUpdate(partsOf(update)) };
}

/** The variables of an update, for whatever else of its state mentions them: each parameter is one. @internal */
export function variablesOf({ variables, values }: { readonly variables?: Assignments; readonly values: object }): Assignments {
  const given = Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return { ...MARSHAL, ...variables, ...given };
}

function partsOf<P extends Parameters>({ write, variables, values }: Pick<RowUpdate<P>, 'write' | 'variables' | 'values'>): UpdateParts {
  const assignments = variablesOf({ variables: { ...variables, ...WRITER }, values });
  const binder = new Binder(assignments);
  const must = write.must.map((clause) => binder.condition(clause)).join(' AND ');
  const replay = write.replay?.map((clause) => binder.condition(clause)).join(' AND ');
  return {
    assignments,
    changes: [...write.set, ...write.remove ?? []].flatMap((change) => binder.changes(change)),
    condition: replay ? `(${must}) OR (${replay})` : must,
    names: binder.names,
    values: binder.values,
  };
}

/** Turns clauses and assignments into the placeholders and expressions of one update. */
class Binder {
  /** Attribute names that are computed, by their placeholders. */
  public readonly names: { [placeholder: string]: string } = {};
  /** The values that the condition compares with, by their placeholders. */
  public readonly values: { [placeholder: string]: string } = {};

  constructor(private readonly given: Assignments) {}

  public condition(clause: Clause): string {
    if ('anyOf' in clause) {
      return `(${clause.anyOf.map((each) => this.condition(each)).join(' OR ')})`;
    }
    if ('allOf' in clause) {
      return `(${clause.allOf.map((each) => this.condition(each)).join(' AND ')})`;
    }
    const { path, equals, differsFrom } = clause;
    const compared = equals ?? differsFrom;
    if (compared) {
      return `${this.path(path)} ${equals ? '=' : '<>'} ${this.compared(compared)}`;
    }
    return `${clause.exists ? 'attribute_exists' : 'attribute_not_exists'}(${this.path(path)})`;
  }

  public changes(change: Assignment | Removal): OrderChange[] {
    const value = 'value' in change ? change.value : undefined;
    const conditions = [this.holds(change.when, true), this.holds(change.unless, false), this.isThere(value)];
    if (conditions.includes(NEVER)) {
      return [];
    }
    return [{
      path: this.path(change.path),
      value: value && this.valued(value),
      when: conditions.filter((condition) => condition !== undefined).join(' and ') || undefined,
      unlessPresent: 'once' in change ? change.once : undefined,
    }];
  }

  /** What has to hold for a change to happen: nothing, never, or JSONata. */
  private holds(parameter: Parameter | undefined, wanted: boolean): string | undefined {
    if (!parameter) {
      return undefined;
    }
    const isGiven = this.given[parameter.parameter] !== undefined;
    if (!isGiven) {
      return wanted ? NEVER : undefined;
    }
    const condition = isFlag(parameter) ? `$${parameter.parameter}` : `$exists($${parameter.parameter})`;
    return wanted ? condition : `$not(${condition})`;
  }

  private isThere(value: Value | undefined): string | undefined {
    if (!value || !('parameter' in value) || !isOptional(value)) {
      return undefined;
    }
    // A flag that does not hold is a value, too.
    return this.given[value.parameter] === undefined ? NEVER : `$exists($${value.parameter})`;
  }

  private compared(value: Value): string {
    const placeholder = 'constant' in value ? `:is${value.constant}`
      : 'next' in value ? `:${value.next.parameter}Next`
        : 'parameter' in value ? `:${value.parameter}` : unexpected(value);
    this.values[placeholder] = this.valued(value);
    return placeholder;
  }

  private path(path: Path): string {
    return path.map((segment) => {
      if (typeof segment === 'string') {
        return `#${segment}`;
      }
      const [placeholder, expression] = 'next' in segment
        ? [`#_${segment.next.parameter}Next`, `$string($${segment.next.parameter} + 1)`]
        : [`#_${segment.parameter}`, `$${segment.parameter}`];
      this.names[placeholder] = expression;
      return placeholder;
    }).join('.');
  }

  /** JSONata that yields the value in DynamoDB's own form. */
  private valued(value: Value): string {
    if ('parameter' in value) {
      return attributeValue(value);
    }
    if ('next' in value) {
      return `{'N': $string($${value.next.parameter} + 1)}`;
    }
    if ('constant' in value) {
      return constantValue(value.constant);
    }
    if ('shardOf' in value) {
      return `{'S': $substring($hash($${value.shardOf.parameter}, ${literal(SHARD_HASH)}), 0, 1)}`;
    }
    const entries = Object.entries(value.map).flatMap(([name, part]) => {
      const condition = this.isThere(part);
      // An entry whose expression yields nothing is left out of the object.
      return condition === NEVER ? [] : [`${literal(name)}: ${condition ? `${condition} ? ` : ''}${this.valued(part)}`];
    });
    return `{'M': {${entries.join(', ')}}}`;
  }
}

/** A condition that cannot hold, as no expression was given for its parameter. */
const NEVER = 'never';

function attributeValue({ parameter, type }: Parameter): string {
  const kind = type.replace('?', '');
  return kind === 'text' ? `{'S': $${parameter}}`
    : kind === 'number' ? `{'N': $string($${parameter})}`
      : kind === 'flag' ? `{'BOOL': $${parameter}}` : `$marshal($${parameter})`;
}

function constantValue(value: string | number | boolean): string {
  return typeof value === 'string' ? `{'S': ${literal(value)}}` : typeof value === 'number' ? `{'N': '${value}'}` : `{'BOOL': ${value}}`;
}

function unexpected(value: Value): never {
  throw new Error(`a condition cannot compare with ${JSON.stringify(value)}`);
}
