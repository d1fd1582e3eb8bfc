/** A pattern that AWS would refuse, in the words in which it does. */
export class PatternError extends Error {}
