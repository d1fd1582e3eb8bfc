import { Fields } from './fields';
import { Workflow } from './state';

/** Compiles the states of a branch or an item processor, from its own fields. */
export type CompileWorkflow = (fields: Fields) => Workflow;
