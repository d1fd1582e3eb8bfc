import { Fields } from './fields';
import { Workflow } from './state';

/** Compiles the states of a branch or an item processor, from its own fields; it may have these others beside. */
export type CompileWorkflow = (fields: Fields, others?: readonly string[]) => Workflow;
