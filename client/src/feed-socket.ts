/** The part of a WebSocket that the feed uses. */
export interface FeedSocket {
  addEventListener(type: 'open' | 'message' | 'error' | 'close', listener: (event: any) => void): void;
  send(frame: string): void;
  close(code?: number): void;
}

export type FeedSocketConstructor = new (url: string, protocols?: string | string[]) => FeedSocket;

export function machineWebSocket(): FeedSocketConstructor {
  if (typeof WebSocket === 'undefined') {
    throw new TypeError('there is no global WebSocket: use Node 22 or later, or pass a class as the option WebSocket');
  }
  return WebSocket;
}
