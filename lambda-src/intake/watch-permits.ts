import type { CachedSecret } from '../cached-secret';
import type { OrderRow } from '../order/order';
import { isWatchToken, watchToken } from '../status-feed/watch-token';

/** A caller that reads or cancels an order. */
export interface Viewer {
  /** A backend that acts for any user. */
  readonly isTrusted?: boolean;
  readonly userId?: string;
  readonly token?: string;
}

/** The secret of the tokens, and how long after its order one is valid. */
export interface WatchTokens {
  readonly secret: Pick<CachedSecret, 'read'>;
  readonly validitySeconds: number;
}

/** Decides who may access an order: its user, and callers with its token. */
export class WatchPermits {
  public constructor(private readonly tokens: WatchTokens | undefined, private readonly now: () => number) {}

  /** The token of an order; undefined where only an authorizer decides who may watch. */
  public async tokenFor(orderId: string): Promise<string | undefined> {
    return this.tokens && watchToken(await this.tokens.secret.read(), orderId);
  }

  /** Makes the same requests for an order that does not exist: it must not show. */
  public async allow({ isTrusted, userId, token }: Viewer, orderId: string, row: OrderRow | undefined): Promise<boolean> {
    if (isTrusted) return row !== undefined;
    if (userId !== undefined && userId === row?.userId) return true;
    if (!this.tokens || token === undefined) return false;
    const isRight = isWatchToken(token, await this.tokens.secret.read(), orderId);
    return isRight && this.now() < Date.parse(row?.createdAt ?? '') + this.tokens.validitySeconds * 1_000;
  }
}
