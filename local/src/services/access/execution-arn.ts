const MACHINE_SEGMENTS = 7;

/** The ARN of a state machine without the version or alias by which it was called. */
export function unqualified(arn: string): string {
  return arn.split(':').slice(0, MACHINE_SEGMENTS).join(':');
}

/** The machine of `…:execution:<machine>:<name>`, and for EXPRESS of `…:express:<machine>:<name>:<id>`. */
export function machineOf(executionArn: string): string {
  const segments = executionArn.split(':');
  return [...segments.slice(0, MACHINE_SEGMENTS - 2), 'stateMachine', segments[MACHINE_SEGMENTS - 1]].join(':');
}
