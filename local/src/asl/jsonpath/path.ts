import { Json } from '../../json';

/** The condition of a `[?(...)]` step: does it keep this item? `root` is what `$` means inside. */
export type Filter = (item: Json, root: Json) => boolean;

/** A parsed path: where it begins and how it goes on. */
export interface Path {
  readonly text: string;
  readonly root: { readonly kind: 'document' | 'context' } | { readonly kind: 'variable'; readonly name: string };
  readonly steps: readonly PathStep[];
  /** What is done with all that the steps find. */
  readonly tail?: PathFunction;
  /** Leads to one place at most. Other paths collect what they find, and nothing found is an empty list. */
  readonly definite: boolean;
}

export type PathStep =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from?: number; readonly to?: number; readonly step: number }
  | { readonly kind: 'every' }
  | { readonly kind: 'descend'; readonly then: PathStep }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'function'; readonly name: PathFunction };

export type PathFunction = 'length' | 'min' | 'max' | 'sum' | 'avg';

export const PATH_FUNCTIONS: readonly PathFunction[] = ['length', 'min', 'max', 'sum', 'avg'];

/** Whether this is a reference path: it names one place, so that a value can be put there. */
export function isReference(path: Path): boolean {
  return path.tail === undefined && path.steps.every((step) => step.kind === 'name' || (step.kind === 'index' && step.index >= 0));
}

/** A path in the form that error messages show. */
export function bracketed(path: Path): string {
  const steps = path.steps.map((step) => {
    switch (step.kind) {
      case 'name':
        return `['${step.name}']`;
      case 'index':
        return `[${step.index}]`;
      default:
        return '[*]';
    }
  });
  return `$${steps.join('')}`;
}

export type Roots = { readonly document: Json; readonly context: Json; readonly variables: { readonly [name: string]: Json } };
