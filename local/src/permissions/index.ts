export { decide, type Access, type Decision, type Policies } from './decision';
export { PolicyError } from './policy-error';
export type { Principal } from './principals';
export { readPolicy, type PolicyDocument } from './read-policy';
export type { ContextValues } from './request-context';
export { unusedActions, type Statement } from './statement';
