import { compileNumber, NumberExpression } from './number-field';
import { Json } from '../../json';
import { StateSource } from '../data-flow';
import { Evaluation, Expression } from '../evaluation';
import { Fields } from '../fields';
import { compileJsonataTemplate } from '../jsonata/template';
import { compilePathTemplate } from '../jsonpath/template';

/** Puts items together, so that each child execution of a distributed map gets many. */
export type Batching = (about: Evaluation, items: Json[]) => Promise<Json[]>;

const FIELDS = ['MaxItemsPerBatch', 'MaxInputBytesPerBatch', 'BatchInput'];
const PATH_FIELDS = ['MaxItemsPerBatchPath', 'MaxInputBytesPerBatchPath'];

export function compileBatching(source: StateSource): Batching | undefined {
  if (!source.fields.has('ItemBatcher')) {
    return undefined;
  }
  const fields = source.fields.within('ItemBatcher', source.fields.requiredObject('ItemBatcher'));
  fields.allowOnly([...FIELDS, ...(source.language === 'JSONPath' ? PATH_FIELDS : [])]);
  const mostItems = compileLimit(source, fields, 'MaxItemsPerBatch');
  const mostBytes = compileLimit(source, fields, 'MaxInputBytesPerBatch');
  if (!mostItems && !mostBytes) {
    throw fields.error('MaxItemsPerBatch', 'is missing; say how large a batch is by MaxItemsPerBatch, MaxInputBytesPerBatch or both');
  }
  const batchInput = compileBatchInput(source, fields);
  return async (about, items) => {
    const limit = { items: (await mostItems?.(about)) ?? Infinity, bytes: (await mostBytes?.(about)) ?? Infinity };
    const shared = batchInput && (await batchInput(about));
    return batches(items, limit).map((Items): Json => (shared === undefined ? { Items } : { BatchInput: shared, Items }));
  };
}

function compileLimit(source: StateSource, fields: Fields, name: string): NumberExpression | undefined {
  return compileNumber({ ...source, fields }, name, {
    kind: 'integer',
    check: (value) => (value > 0 ? undefined : `${name} must be positive.`),
  });
}

function compileBatchInput({ language }: StateSource, fields: Fields): Expression | undefined {
  if (!fields.has('BatchInput')) {
    return undefined;
  }
  const compile = language === 'JSONata' ? compileJsonataTemplate : compilePathTemplate;
  return compile(fields.json('BatchInput'), fields.where, fields.fieldName('BatchInput'));
}

function batches(items: Json[], limit: { items: number; bytes: number }): Json[][] {
  const made: Json[][] = [];
  let bytes = Infinity;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    const last = made.at(-1);
    if (last && last.length < limit.items && bytes + size <= limit.bytes) {
      last.push(item);
      bytes += size;
    } else {
      made.push([item]);
      bytes = size;
    }
  }
  return made;
}
