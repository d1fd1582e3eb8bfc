import { aws_sns as sns } from 'aws-cdk-lib';

/** A filter policy as CloudFormation takes it: fields with the conditions of which one holds. @internal */
export interface Filter {
  readonly [field: string]: unknown[];
}

/** The most combinations of values that SNS accepts; those of the alternatives of `$or` are added up. */
const COMBINATIONS = 150;

/** A filter on attributes of the CDK as CloudFormation takes it. @internal */
export function attributeFilter(filter: { [name: string]: sns.SubscriptionFilter }): Filter {
  return Object.fromEntries(Object.entries(filter).map(([name, { conditions }]) => [name, conditions]));
}

/**
 * The filter policy that matches what any of these filters matches; undefined matches everything.
 *
 * @internal
 */
export function filterUnion(filters: (Filter | undefined)[]): Filter | undefined {
  const wanted = filters.filter((filter) => filter !== undefined);
  if (wanted.length < filters.length) {
    return undefined;
  }
  const different = wanted.filter((filter, index) => wanted.findIndex((other) => isSame(filter, other)) === index);
  const fields = [...new Set(different.flatMap((filter) => Object.keys(filter)))];
  if (different.length === 1) {
    return different[0];
  }
  // Two policies for one field are one policy with the conditions of both.
  return fields.length === 1
    ? { [fields[0]]: withoutRepetitions(different.flatMap((filter) => filter[fields[0]])) }
    : { $or: different };
}

/** Why SNS does not accept a filter policy, if it does not. @internal */
export function filterProblem(filter: Filter | undefined): string | undefined {
  const combinations = filter ? combinationsOf(filter) : 0;
  return combinations > COMBINATIONS ? `${combinations} combinations of values, and SNS accepts ${COMBINATIONS}` : undefined;
}

function combinationsOf({ $or, ...fields }: Filter): number {
  const alternatives = ($or as Filter[] | undefined)?.map(combinationsOf) ?? [1];
  return Object.values(fields).reduce((product, conditions) => product * conditions.length, alternatives.reduce((sum, one) => sum + one));
}

function withoutRepetitions(conditions: unknown[]): unknown[] {
  return conditions.filter((condition, index) => conditions.findIndex((other) => isSame(condition, other)) === index);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
