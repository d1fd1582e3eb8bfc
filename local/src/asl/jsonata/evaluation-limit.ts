/** An expression used more than one evaluation may use. JSONata's own guard against endless expressions uses the same words. */
export class EvaluationLimit extends Error {
  constructor(
    public readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'EvaluationLimit';
  }
}

export function tooDeep(): EvaluationLimit {
  return new EvaluationLimit('U1001', 'Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as tail-recursive.');
}

export function tooLong(): EvaluationLimit {
  return new EvaluationLimit('U1001', 'Expression evaluation timeout: Check for infinite loop');
}

export function tooMuch(): EvaluationLimit {
  return new EvaluationLimit('U1001', 'Expression evaluation used too much memory: Check for values that grow without end');
}
