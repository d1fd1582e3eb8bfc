/** As much of a WebSocket as the feed uses. */
export interface FeedSocket {
  addEventListener(type: 'open' | 'message' | 'error' | 'close', listener: (event: any) => void): void;
  send(frame: string): void;
  close(code?: number): void;
}

export type FeedSocketConstructor = new (url: string, protocols?: string | string[]) => FeedSocket;

export function machineWebSocket(): FeedSocketConstructor {
  if (typeof WebSocket === 'undefined') {
    throw new TypeError('this machine has no WebSocket: use Node 22 or later, or bring one as the option WebSocket');
  }
  return WebSocket;
}
