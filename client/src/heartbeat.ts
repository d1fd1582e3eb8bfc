import type { FeedSettings } from './feed-options.ts';
import { Timer } from './timer.ts';

/** Asks after a silence whether the other end is still there. Any frame is an answer. */
export class Heartbeat {
  private readonly settings: FeedSettings;
  private readonly timer: Timer;
  private readonly ping: () => void;
  private readonly dead: () => void;
  private asked = false;

  constructor(settings: FeedSettings, ping: () => void, dead: () => void) {
    this.settings = settings;
    this.timer = new Timer(settings.timers);
    this.ping = ping;
    this.dead = dead;
  }

  heard(): void {
    this.asked = false;
    this.timer.start(this.settings.timing.ping, () => this.check());
  }

  check(): void {
    if (!this.asked) {
      this.asked = true;
      this.timer.start(this.settings.timing.pong, this.dead);
      this.ping();
    }
  }

  stop(): void {
    this.timer.stop();
  }
}
