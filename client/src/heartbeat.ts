import type { FeedSettings } from './feed-options.ts';
import { Timer } from './timer.ts';

/** Sends a ping after a silence, and reports a time-out if no frame follows. */
export class Heartbeat {
  private readonly settings: FeedSettings;
  private readonly timer: Timer;
  private readonly ping: () => void;
  private readonly onTimeout: () => void;
  private pinged = false;

  constructor(settings: FeedSettings, ping: () => void, onTimeout: () => void) {
    this.settings = settings;
    this.timer = new Timer(settings.timers);
    this.ping = ping;
    this.onTimeout = onTimeout;
  }

  received(): void {
    this.pinged = false;
    this.timer.start(this.settings.timing.ping, () => this.check());
  }

  check(): void {
    if (!this.pinged) {
      this.pinged = true;
      this.timer.start(this.settings.timing.pong, this.onTimeout);
      this.ping();
    }
  }

  stop(): void {
    this.timer.stop();
  }
}
