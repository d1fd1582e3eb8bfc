import type { Action } from '../dynamodb/database';
import type { ReservedLine } from '../order/order';

/** The stock of the products, one row each, as parts of a transaction. */
export class Stock {
  public constructor(private readonly table: string) {}

  /** Refused if there is not enough, or no such product. */
  public take({ productId, quantity }: ReservedLine): Action {
    return {
      Update: {
        TableName: this.table,
        Key: { productId },
        UpdateExpression: 'SET #stock = #stock - :quantity',
        ConditionExpression: '#stock >= :quantity',
        ExpressionAttributeNames: { '#stock': 'stock' },
        ExpressionAttributeValues: { ':quantity': quantity },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    };
  }

  /** Refused if the product is no longer there. */
  public giveBack({ productId, quantity }: ReservedLine): Action {
    return {
      Update: {
        TableName: this.table,
        Key: { productId },
        UpdateExpression: 'SET #stock = #stock + :quantity',
        ConditionExpression: 'attribute_type(#stock, :number)',
        ExpressionAttributeNames: { '#stock': 'stock' },
        ExpressionAttributeValues: { ':quantity': quantity, ':number': 'N' },
      },
    };
  }
}
