import { createHash } from 'node:crypto';
import {
  Assignment, Clause, Parameter, Parameters, Path, Removal, RowWrite, Value, Values, isFlag,
} from '../../src/contract/row-write';
import type { Change } from '../dynamodb/database';

type Given = Readonly<Record<string, unknown>>;

/** A write of the contract as the update that DynamoDB takes. */
export function changeOf<P extends Parameters>(write: RowWrite<P>, values: Values<P>): Change {
  const given: Given = values;
  const names: Record<string, string> = {};
  const bound: Record<string, unknown> = {};
  const named = (path: Path) => path.map(segment => {
    const name = nameOf(segment, given);
    const placeholder = /^[A-Za-z]\w*$/.test(name) ? `#${name}` : `#_${Buffer.from(name).toString('hex')}`;
    names[placeholder] = name;
    return placeholder;
  }).join('.');
  const valued = (value: unknown) => {
    const placeholder = `:v${Object.keys(bound).length}`;
    bound[placeholder] = value;
    return placeholder;
  };
  const condition = (clause: Clause): string => {
    if ('anyOf' in clause) return `(${clause.anyOf.map(condition).join(' OR ')})`;
    if ('allOf' in clause) return `(${clause.allOf.map(condition).join(' AND ')})`;
    const { path, equals, differsFrom } = clause;
    const wanted = equals && valueOf(equals, given);
    if (wanted !== undefined) return `${named(path)} = ${valued(wanted)}`;
    if (differsFrom) return `${named(path)} <> ${valued(valueOf(differsFrom, given))}`;
    // What has no value equals an attribute that is missing.
    return `${clause.exists ? 'attribute_exists' : 'attribute_not_exists'}(${named(path)})`;
  };
  const must = write.must.map(condition).join(' AND ');
  const replay = write.replay?.map(condition).join(' AND ');
  const set = assignmentsOf(write, given).map(({ path, value, once }) => {
    const where = named(path);
    return `${where} = ${once ? `if_not_exists(${where}, ${valued(value)})` : valued(value)}`;
  });
  const remove = (write.remove ?? []).filter(removal => applies(removal, given)).map(({ path }) => named(path));
  return {
    UpdateExpression: [
      ...set.length > 0 ? [`SET ${set.join(', ')}`] : [], ...remove.length > 0 ? [`REMOVE ${remove.join(', ')}`] : [],
    ].join(' '),
    ConditionExpression: replay ? `(${must}) OR (${replay})` : must,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: bound,
  };
}

/** The item that a write of the contract makes where there was none. */
export function itemOf<P extends Parameters>(write: RowWrite<P>, values: Values<P>): Record<string, unknown> {
  return Object.fromEntries(assignmentsOf(write, values).map(({ path, value }) => [nameOf(path[0], values), value]));
}

/** The shard of the index of open orders to which an order belongs. */
export function openShard(orderId: string): string {
  return createHash('md5').update(orderId).digest('hex')[0];
}

function assignmentsOf(write: RowWrite, given: Given): Array<{ path: Path; value: unknown; once?: boolean }> {
  return write.set.filter(assignment => applies(assignment, given)).flatMap(({ path, value, once }) => {
    const found = valueOf(value, given);
    return found === undefined ? [] : [{ path, value: found, once }];
  });
}

function applies({ when, unless }: Pick<Assignment | Removal, 'when' | 'unless'>, given: Given): boolean {
  return (!when || holds(when, given)) && (!unless || !holds(unless, given));
}

function holds(condition: Parameter, given: Given): boolean {
  const value = given[condition.parameter];
  return isFlag(condition) ? value === true : value !== undefined;
}

function valueOf(value: Value, given: Given): unknown {
  if ('parameter' in value) return given[value.parameter];
  if ('next' in value) return given[value.next.parameter] as number + 1;
  if ('constant' in value) return value.constant;
  if ('shardOf' in value) return openShard(given[value.shardOf.parameter] as string);
  return Object.fromEntries(Object.entries(value.map).flatMap(([name, part]) => {
    const found = valueOf(part, given);
    return found === undefined ? [] : [[name, found]];
  }));
}

function nameOf(segment: Path[number], given: Given): string {
  return typeof segment === 'string' ? segment : String(valueOf(segment, given));
}
