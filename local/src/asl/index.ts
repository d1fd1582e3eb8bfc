/*
 * An interpreter of the Amazon States Language that knows nothing of AWS services. A definition is compiled once,
 * by compileMachine; each `new Execution` runs it, with its time, its chance and the work of its tasks given from outside.
 */
export { DefinitionError } from './definition-error';
export { Execution, type ExecutionOptions, type Outcome } from './execution';
export type { ExecutionIdentity } from './context';
export type { HistoryEvent } from './history';
export { compileMachine, type Machine } from './machine';
export { TaskFailure, type TaskRequest, type TaskRunner } from './task-runner';
export { TaskTokens, UnknownTaskToken } from './task-tokens';
