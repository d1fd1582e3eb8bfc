import type { FakeSocket } from './fake-network.ts';
import type { VirtualTimers } from './virtual-timers.ts';

/**
 * A feed with one order and every fault that a real one may have: it delays each frame, processes several at once,
 * loses requests, sends late, twice and in any order, leaves out statuses that were superseded, and loses messages
 * together with the connection. It never loses the newest status on a connection that stays.
 *
 * `decide(n)` returns 0 for correct behaviour, or a number below n for a fault.
 */
export class UnreliableServer {
  version = 0;
  private readonly timers: VirtualTimers;
  private readonly decide: (choices: number) => number;
  private readonly alive = new Set<FakeSocket>();
  private readonly subscribed = new Set<FakeSocket>();

  constructor(timers: VirtualTimers, decide: (choices: number) => number) {
    this.timers = timers;
    this.decide = decide;
  }

  readonly accept = (socket: FakeSocket): void => {
    socket.onFrame = (frame) => this.later(() => this.work(socket, frame.action));
    this.later(() => {
      if (this.decide(4) > 0) {
        socket.drop();
      } else if (socket.closedWith === undefined) {
        this.alive.add(socket);
        socket.open();
      }
    });
  };

  publish(): void {
    this.version++;
    for (const socket of this.subscribed) {
      const { version } = this;
      const fate = this.decide(6);
      if (fate === 1) {
        this.drop(socket);
      } else if (fate === 2) {
        this.later(() => this.sendStatus(socket, Math.max(version, this.version)));
      } else {
        for (let copies = 0; copies <= this.decide(3); copies++) {
          this.later(() => this.sendStatus(socket, version));
        }
      }
    }
  }

  dropAll(): void {
    this.alive.forEach((socket) => this.drop(socket));
  }

  private work(socket: FakeSocket, action: string): void {
    if (!this.alive.has(socket) || socket.closedWith !== undefined) {
      return;
    }
    const fate = this.decide(5);
    if (action === 'ping') {
      socket.receive({ type: 'pong' });
    } else if (action === 'unsubscribe') {
      this.subscribed.delete(socket);
    } else if (fate === 1) {
      socket.receive({ message: 'Internal server error', connectionId: 'c', requestId: 'r' });
    } else if (fate === 2) {
      socket.refuse('internal', 'o-1');
    } else {
      this.subscribed.add(socket);
      const { version } = this;
      if (version > 0) {
        this.later(() => this.sendStatus(socket, version));
      }
    }
  }

  private sendStatus(socket: FakeSocket, version: number): void {
    if (this.alive.has(socket)) {
      socket.status('o-1', version);
    }
  }

  private drop(socket: FakeSocket): void {
    this.alive.delete(socket);
    this.subscribed.delete(socket);
    socket.drop([1001, 1006, 1009][this.decide(3)]);
  }

  private later(then: () => void): void {
    this.timers.setTimeout(then, 50 + 100 * this.decide(20));
  }
}
