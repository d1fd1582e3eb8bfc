import { Json, JsonObject } from '../json';
import { Guard } from './access/guard';
import { InputGuard } from './inputs/input-guard';
import { Service, ServiceCall } from './service';
import { ServiceError } from './service-error';

/** Stands between a call and its effect; it may delay, repeat, reject or change it. */
export type Interceptor = (call: ServiceCall, perform: () => Promise<Json>) => Promise<Json>;

export type CallObserver = (call: ServiceCall, output: Json) => void;

/** The one place that every call to a service passes. */
export class ServiceCalls {
  private readonly services = new Map<string, Service>();
  private readonly observers: CallObserver[] = [];
  private inputGuard?: InputGuard;
  private guard?: Guard;
  private interceptor: Interceptor = (_, perform) => perform();

  public add(service: Service): void {
    this.services.set(service.name, service);
  }

  public get all(): Service[] {
    return [...this.services.values()];
  }

  public find(name: string): Service | undefined {
    return this.services.get(name);
  }

  public interceptWith(interceptor: Interceptor): void {
    this.interceptor = interceptor;
  }

  /** Lets the guard check the input of each call before its effect. */
  public checkInputsWith(guard: InputGuard): void {
    this.inputGuard = guard;
  }

  /** Lets the guard decide each call before its effect. */
  public guardWith(guard: Guard): void {
    this.guard = guard;
  }

  /** Observes each call that succeeded. */
  public observe(observer: CallObserver): void {
    this.observers.push(observer);
  }

  /** Throws the service's own error if the caller may not make a call, which is not made. */
  public check(call: ServiceCall): void {
    this.guard?.check(call, () => this.services.get(call.service)!.needs?.[call.operation]?.(call.input) ?? []);
  }

  public async perform<T extends Json = JsonObject>(call: ServiceCall): Promise<T> {
    return await this.interceptor(call, () => this.performUnchanged(call)) as T;
  }

  private async performUnchanged(call: ServiceCall): Promise<Json> {
    const perform = this.operation(call);
    this.inputGuard?.check(call, this.services.get(call.service)!);
    this.check(call);
    const output = await perform(call.input, call);
    this.observers.forEach((observer) => observer(call, output));
    return output;
  }

  private operation({ service, operation }: ServiceCall) {
    const found = this.services.get(service);
    if (!found) {
      const known = this.all.map(({ name }) => name).sort().join(', ');
      throw new ServiceError('UnrecognizedClientException', `the local cloud has no service ${service}; those it has: ${known}`);
    }
    if (!Object.hasOwn(found.operations, operation)) {
      const known = Object.keys(found.operations).sort().join(', ');
      throw new ServiceError('UnknownOperationException', `the local cloud does not do ${service}:${operation}; it does ${known}`);
    }
    return found.operations[operation];
  }
}
