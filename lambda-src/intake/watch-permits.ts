import type { KeptSecret } from '../kept-secret';
import type { OrderRow } from '../order/order';
import { isWatchToken, watchToken } from '../status-feed/watch-token';

/** Who asks to see or to cancel an order. */
export interface Viewer {
  /** A backend that acts for anybody. */
  readonly isTrusted?: boolean;
  readonly userId?: string;
  readonly token?: string;
}

/** From what tokens are made, and how long after its order one is valid. */
export interface WatchTokens {
  readonly secret: Pick<KeptSecret, 'read'>;
  readonly validitySeconds: number;
}

/** Whose orders anybody may watch: their own, and those whose token they show. */
export class WatchPermits {
  public constructor(private readonly tokens: WatchTokens | undefined, private readonly now: () => number) {}

  /** The token for whoever placed the order; none where an authorizer alone says who may watch. */
  public async tokenFor(orderId: string): Promise<string | undefined> {
    return this.tokens && watchToken(await this.tokens.secret.read(), orderId);
  }

  /** The way is the same for an order that does not exist: it must not show. */
  public async allow({ isTrusted, userId, token }: Viewer, orderId: string, row: OrderRow | undefined): Promise<boolean> {
    if (isTrusted) return row !== undefined;
    if (userId !== undefined && userId === row?.userId) return true;
    if (!this.tokens || token === undefined) return false;
    const isRight = isWatchToken(token, await this.tokens.secret.read(), orderId);
    return isRight && this.now() < Date.parse(row?.createdAt ?? '') + this.tokens.validitySeconds * 1_000;
  }
}
