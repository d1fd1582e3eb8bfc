// A copy of src/contract/order-row.ts that the task build:local makes: change the source instead.
import { FieldRule, MAX_LINES, MAX_PRICE, MAX_QUANTITY } from './field-rules';

/**
 * The order's row: its types, and for each attribute who sends it and who may see it.
 *
 * A new attribute is added here and nowhere else: field lists, views, checks and the description of the HTTP API derive from it.
 */

export interface OrderLine {
  readonly productId: string;
  readonly quantity: number;
  readonly price: number;
}

/** An order as a client sends it, once it is known to be well formed. */
export interface OrderInput {
  readonly orderId: string;
  readonly userId: string;
  readonly email?: string;
  readonly currency: string;
  readonly items: OrderLine[];
  readonly totalAmount: number;
}

export interface ReservedLine {
  readonly productId: string;
  readonly quantity: number;
}

/** Units taken from the stock for an order. */
export interface Reservation {
  readonly status: 'RESERVED' | 'RELEASED';
  readonly lines: readonly ReservedLine[];
  readonly at: string;
  readonly releasedAt?: string;
  /** What could not go back, because the product is no longer sold. */
  readonly unreturned?: readonly ReservedLine[];
}

/** The order as every step and every state sees it. */
export interface OrderDocument extends OrderInput {
  readonly status: string;
  readonly version: number;
  readonly reason?: string;
  readonly reservation?: Reservation;
  readonly payment?: unknown;
  readonly refund?: unknown;
  readonly results?: unknown;
  readonly cancelRequestedAt?: string;
  readonly createdAt: string;
}

/** One entry per version: which step set which status. */
export interface HistoryEntry {
  readonly status: string;
  readonly at: string;
  readonly step: string;
}

/** Why an undo began. */
export type UndoCause = 'rejected' | 'cancelled' | 'failed';

/** The undo of an order: why it began, at which step, and what is done of it. */
export interface Undo {
  readonly cause: UndoCause;
  readonly from?: string;
  /** What failed, if something did. */
  readonly step?: string;
  /** The compensations that are done, each with its time. */
  readonly done: Readonly<Record<string, string>>;
  /** How the order stands once all is undone, while it is on hold. */
  readonly outcome?: { readonly status: string; readonly reason?: string; readonly step: string; readonly steps: readonly string[] };
  /** Whether an operator requested a retry of what could not be undone. */
  readonly repaired?: boolean;
  /** Whether a recovery began it, so that the failure is the interruption of an execution. */
  readonly interrupted?: boolean;
}

/** A step that waits for a decision. */
export interface Waiting {
  readonly step: string;
  readonly token: string;
  readonly until: string;
  readonly accepted: string;
  readonly rejected: string;
}

/** An order that could not be undone, and waits for an operator. */
export interface OnHold {
  readonly at: string;
  /** When the operators were notified. */
  readonly notifiedAt?: string;
  /** The token that an operator's answer goes to, where an execution waits for it. */
  readonly token?: string;
}

/** The order as the table holds it. */
export interface OrderRow extends OrderDocument {
  /** The execution that works on the order: no other may write. */
  readonly owner?: string;
  /** The hash of what an intake received. It distinguishes a repetition from another order under the same id. */
  readonly requestHash?: string;
  readonly undo?: Undo;
  readonly waiting?: Waiting;
  readonly onHold?: OnHold;
  /** When the failure of the order was published. */
  readonly alertedAt?: string;
  /** How often the order was started again because no execution had taken it. */
  readonly restarts?: number;
  /** When it was published that no execution takes the order. */
  readonly givenUpAt?: string;
  /** The closing steps whose failures could not be published. */
  readonly unpublished?: ReadonlyArray<{ readonly step: string; readonly error: string; readonly cause: string }>;
  /** What an operator stated when the order was resolved by hand. */
  readonly resolution?: { readonly at: string; readonly by?: string; readonly reason?: string };
  readonly history: Readonly<Record<string, HistoryEntry>>;
  readonly updatedAt: string;
  readonly openSince?: string;
  readonly openShard?: string;
}

/** How an attribute is described in the HTTP API, where it is not sent by clients. */
export type Shape = 'text' | 'time' | 'version';

/** An attribute of the row, and who may see it. */
export interface Attribute {
  /** The rule for what clients send; the workflow itself sets an attribute without one. */
  readonly sent?: FieldRule;
  /** Whether a client may leave it out. */
  readonly optional?: boolean;
  /** Whether steps and states get it with the order. */
  readonly steps?: boolean;
  /** Whether events on the bus carry it. */
  readonly published?: boolean;
  /** Whether the owner of the order sees it over HTTP. */
  readonly shown?: boolean;
  /** Whether it is personal data of the customer. */
  readonly personal?: boolean;
  /** Whether it must never leave the row: tokens, and what only the workflow's own writes need. */
  readonly secret?: boolean;
  readonly shape?: Shape;
}

/** The highest total, in major units. */
export const MAX_TOTAL = MAX_PRICE * MAX_LINES * MAX_QUANTITY;

export const ORDER_ATTRIBUTES: { readonly [name in keyof OrderRow]-?: Attribute } = {
  orderId: { sent: { is: 'id' }, steps: true, published: true, shown: true },
  userId: { sent: { is: 'text', longest: 128 }, steps: true, published: true, personal: true },
  email: { sent: { is: 'email', longest: 254 }, optional: true, steps: true, published: true, personal: true },
  currency: { sent: { is: 'currency' }, optional: true, steps: true, published: true, shown: true },
  items: {
    sent: {
      is: 'lines',
      most: MAX_LINES,
      of: { productId: { is: 'text', longest: 128 }, quantity: { is: 'quantity', most: MAX_QUANTITY }, price: { is: 'price', most: MAX_PRICE } },
    },
    steps: true,
    shown: true,
  },
  totalAmount: { sent: { is: 'total', most: MAX_TOTAL }, steps: true, published: true, shown: true },
  status: { steps: true, published: true, shown: true, shape: 'text' },
  version: { steps: true, published: true, shown: true, shape: 'version' },
  reason: { steps: true, published: true, shown: true, optional: true, shape: 'text' },
  reservation: { steps: true },
  payment: { steps: true },
  refund: { steps: true },
  results: { steps: true },
  cancelRequestedAt: { steps: true, shown: true, optional: true, shape: 'time' },
  createdAt: { steps: true, shown: true, shape: 'time' },
  updatedAt: { published: true, shown: true, shape: 'time' },
  history: { published: true },
  owner: {},
  requestHash: { secret: true },
  undo: {},
  waiting: { secret: true },
  onHold: { secret: true },
  alertedAt: {},
  restarts: {},
  givenUpAt: {},
  unpublished: {},
  resolution: {},
  openSince: {},
  openShard: {},
};

/** The attributes that have a property: `attributesThat('published')`. */
export function attributesThat(has: keyof Attribute): ReadonlyArray<keyof OrderRow> {
  return (Object.keys(ORDER_ATTRIBUTES) as Array<keyof OrderRow>).filter((name) => ORDER_ATTRIBUTES[name][has]);
}

/** What a client may send of an order; the rest is not kept. */
export const SENT_ATTRIBUTES = attributesThat('sent');

/** The order as steps and states see it. */
export const DOCUMENT_ATTRIBUTES = attributesThat('steps');

/** What events on the bus are made of. */
export const PUBLISHED_ATTRIBUTES = attributesThat('published');

/** What the owner of an order sees. */
export const SHOWN_ATTRIBUTES = attributesThat('shown');
