import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { OrderRow, PUBLISHED_ATTRIBUTES } from '../../src/contract/order-row';

/** The published attributes of an order; a rejected order may lack some that its client should have sent. */
export type PublishedRow = Pick<OrderRow, 'orderId' | 'status' | 'version' | 'updatedAt'> & Partial<OrderRow>;

/** A write that changed the status of an order. */
export interface OrderChange {
  readonly row: PublishedRow;
  readonly previousStatus?: string;
  /** Its position in the stream. */
  readonly sequenceNumber: string;
}

/** The change of status in a record of the stream, if it is one: most writes do not change the status. */
export function changeOf({ dynamodb }: DynamoDBRecord): OrderChange | undefined {
  const row = published(dynamodb?.NewImage);
  const previousStatus = published(dynamodb?.OldImage).status;
  if (typeof row.status !== 'string' || typeof row.version !== 'number' || row.status === previousStatus) return undefined;
  return {
    row: row as unknown as PublishedRow,
    previousStatus: previousStatus as string | undefined,
    sequenceNumber: dynamodb!.SequenceNumber!,
  };
}

// Only these are read: a number in a step's result that JavaScript cannot hold must not stop the stream.
function published(image: Record<string, unknown> = {}): Record<string, unknown> {
  const given = PUBLISHED_ATTRIBUTES.filter(name => image[name] !== undefined).map(name => [name, image[name] as AttributeValue]);
  return unmarshall(Object.fromEntries(given));
}
