/** A definition that Step Functions would refuse, or that this interpreter will not guess about. */
export class DefinitionError extends Error {
  constructor(
    /** The state at fault, or where else in the machine. */
    public readonly where: string,
    public readonly field: string | undefined,
    problem: string,
  ) {
    super(field === undefined ? `${where}: ${problem}` : `${where}, field '${field}': ${problem}`);
    this.name = 'DefinitionError';
  }
}
