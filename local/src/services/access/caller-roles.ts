import { PolicyBook } from './policy-book';
import { Caller } from '../service';
import { ServiceError } from '../service-error';

/** The roles in whose name calls are made. */
export class CallerRoles {
  private outside: string | undefined;
  private arnOf: (name: string) => string;

  constructor(private readonly book: PolicyBook) {
    this.arnOf = (name) => name;
  }

  /**
   * Called when everything is created.
   * @param arnOf the ARN of a role that a caller names; throws if there is none
   * @param outside the role of all callers from outside that name none; without it they are the account's own
   */
  public know(arnOf: (name: string) => string, outside: string | undefined): void {
    this.arnOf = arnOf;
    this.outside = outside;
  }

  /** A caller from outside with the role that it calls with; any other caller as it is. */
  public resolve(caller: Caller): Caller {
    const { kind, as } = caller;
    const named = as && 'role' in as ? as.role : this.outside;
    return kind === 'outside' && named !== undefined ? { ...caller, name: named, as: { role: this.arnOfNamed(named) } } : caller;
  }

  /** Undefined for the account's own callers, and for services that call in their own name. */
  public roleOf(caller: Caller): string | undefined {
    const { kind, name, executionArn, as } = this.resolve(caller);
    if (as) {
      return 'role' in as ? as.role : undefined;
    }
    switch (kind) {
      case 'function':
        return this.book.roleOfFunction(name);
      case 'state':
        return this.book.roleOfExecution(executionArn!);
      default:
        return undefined;
    }
  }

  private arnOfNamed(name: string): string {
    try {
      return this.arnOf(name);
    } catch (error) {
      throw new ServiceError('UnrecognizedClientException', (error as Error).message, 403);
    }
  }
}
