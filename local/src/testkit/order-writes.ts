import { isJsonObject, JsonObject } from '../json';
import { ServiceCalls } from '../services/service-calls';

/** Observes each write to the orders table, with the id of the order. */
export class OrderWrites {
  private readonly listeners = new Set<(orderId: string) => void>();

  constructor(calls: ServiceCalls, ordersTable: string) {
    calls.observe(({ service, operation, input }) => {
      if (service === 'dynamodb' && this.listeners.size > 0) {
        const written = writesOf(operation, input).filter(({ TableName }) => TableName === ordersTable);
        written.flatMap(orderIdOf).forEach((orderId) => this.listeners.forEach((listener) => listener(orderId)));
      }
    });
  }

  /** Returns how to stop listening. */
  public onWrite(listener: (orderId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

function writesOf(operation: string, input: JsonObject): JsonObject[] {
  switch (operation) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem': return [input];
    case 'TransactWriteItems': return (input.TransactItems as JsonObject[]).flatMap((item) => Object.values(item).filter(isJsonObject));
    default: return [];
  }
}

function orderIdOf({ Key, Item }: JsonObject): string[] {
  const { orderId } = (Key ?? Item) as { orderId?: { S?: string } };
  return orderId?.S === undefined ? [] : [orderId.S];
}
