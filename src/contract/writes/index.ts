export * from './closing';
export * from './holding';
export * from './moving';
export * from './opening';
export * from './recovering';
export * from './undoing';
