export interface Timer {
  readonly due: number;
  readonly order: number;
  readonly callback: () => void;
  cancelled: boolean;
}

/** Timers by due time, then by age: a binary heap, because thousands of orders wait at once. */
export class TimerQueue {
  private readonly heap: Timer[] = [];
  private created = 0;

  public add(due: number, callback: () => void): Timer {
    const timer: Timer = { due, order: this.created++, callback, cancelled: false };
    this.heap.push(timer);
    this.rise(this.heap.length - 1);
    return timer;
  }

  /** The next timer that is still wanted. */
  public peek(): Timer | undefined {
    while (this.heap.length > 0 && this.heap[0].cancelled) {
      this.removeFirst();
    }
    return this.heap[0];
  }

  public take(): Timer | undefined {
    const first = this.peek();
    if (first) {
      this.removeFirst();
    }
    return first;
  }

  private removeFirst(): void {
    const last = this.heap.pop()!;
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.sink(0);
    }
  }

  private rise(index: number): void {
    while (index > 0) {
      const parent = Math.floor((index - 1) / 2);
      if (!this.before(index, parent)) {
        return;
      }
      this.swap(index, parent);
      index = parent;
    }
  }

  private sink(index: number): void {
    for (;;) {
      let first = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < this.heap.length && this.before(child, first)) {
          first = child;
        }
      }
      if (first === index) {
        return;
      }
      this.swap(index, first);
      index = first;
    }
  }

  private before(a: number, b: number): boolean {
    const left = this.heap[a];
    const right = this.heap[b];
    return left.due < right.due || (left.due === right.due && left.order < right.order);
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b], this.heap[a]];
  }
}
