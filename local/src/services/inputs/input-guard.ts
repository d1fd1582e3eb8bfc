import { unknownMembers } from './unknown-members';
import { refusalOf } from './wording';
import { Check, CompiledShapes, Problem } from '../../models';
import { Service, ServiceCall } from '../service';

/**
 * Checks the input of each call against the model of its service, before permissions are decided: the input names the resources that
 * the decision is about. Services of AWS differ in the order, and do not document it.
 */
export class InputGuard {
  private readonly checks = new Map<string, Check | undefined>();
  private readonly reported = new Set<string>();

  constructor(private readonly onWarning: (message: string) => void) {}

  /** Throws the service's own error if the input is not what the operation accepts. */
  public check(call: ServiceCall, service: Service): void {
    const problems = this.checkOf(call.operation, service)?.(call.input);
    if (!problems) {
      return;
    }
    const faults = problems.filter((problem) => problem.kind !== 'unknown');
    if (faults.length > 0) {
      throw refusalOf(call.service, faults);
    }
    this.warn(call, problems);
  }

  private checkOf(operation: string, service: Service): Check | undefined {
    const key = `${service.name}:${operation}`;
    if (!this.checks.has(key)) {
      const { model } = service;
      this.checks.set(key, model && new CompiledShapes(model.shapes).check(model.operations[operation].input));
    }
    return this.checks.get(key);
  }

  /** Services ignore members that they do not know. That is nearly always a mistake, so each is reported once. */
  private warn({ service, operation, caller }: ServiceCall, problems: readonly Problem[]): void {
    for (const text of unknownMembers(problems)) {
      const message = `${caller.name} calls ${service}:${operation} with ${text}`;
      if (!this.reported.has(message)) {
        this.reported.add(message);
        this.onWarning(message);
      }
    }
  }
}
