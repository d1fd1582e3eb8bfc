import { writtenTables } from '../services/dynamodb/written-tables';
import { ServiceCalls } from '../services/service-calls';

/** Tells of each write to the orders table. */
export class OrderWrites {
  private readonly listeners = new Set<() => void>();

  constructor(calls: ServiceCalls, ordersTable: string) {
    calls.observe(({ service, operation, input }) => {
      const written = service === 'dynamodb' && this.listeners.size > 0 ? writtenTables(operation, input) : [];
      if (written === 'any' || written.includes(ordersTable)) {
        this.listeners.forEach((listener) => listener());
      }
    });
  }

  /** Returns how to stop listening. */
  public onWrite(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
