import { tooDeep, tooLong, tooMuch } from './evaluation-limit';
import { Place, SharedRoom } from './shared-room';
import { ValueSizes } from './value-sizes';

/** Nodes of the syntax tree that are under way at once: each takes about 2 KB, and a recursion keeps them all. */
const DEEPEST = 40_000;

/** Evaluated nodes, with what they make: enough for two lists of a thousand to be joined by a nested loop. */
const MOST_UNITS = 1_500_000;

/** What a node under way counts in the room that all evaluations share. */
const NODE_UNITS = 16;

/** A backstop for functions that take long over few nodes; the units end everything else long before. */
const LONGEST_MS = 30_000;
const NODES_BETWEEN_LOOKS = 256;

/** The name under which an evaluation finds its budget: no expression can write it. */
export const BUDGET = ' budget';

/** What jsonata calls an environment: where a name is looked up. */
export interface Environment {
  lookup(name: string): unknown;
}

export function budgetOf(environment: Environment): Budget {
  return environment.lookup(BUDGET) as Budget;
}

/** What one evaluation has used of what it may use. */
export class Budget {
  private readonly sizes = new ValueSizes();
  private readonly place: Place;
  private readonly began = performance.now();
  private used = 0;
  private nodes = 0;
  private underWay = 0;

  constructor(private readonly room: SharedRoom) {
    this.place = room.open();
  }

  /** A node of the syntax tree is about to be evaluated. */
  public enter(): Promise<void> | undefined {
    if (++this.underWay > DEEPEST) {
      throw tooDeep();
    }
    if (++this.nodes % NODES_BETWEEN_LOOKS === 0 && performance.now() - this.began > LONGEST_MS) {
      throw tooLong();
    }
    if (++this.used > MOST_UNITS) {
      throw tooLong();
    }
    this.room.take(this.place, NODE_UNITS);
    return this.room.turn(this.place);
  }

  /** A node has been evaluated to this. `made` says that the value may be a new one. */
  public leave(value: unknown, made: boolean): void {
    this.underWay--;
    this.room.take(this.place, -NODE_UNITS);
    if (typeof value === 'string') {
      this.spendText(value.length);
    } else if (typeof value === 'object' && value !== null) {
      this.spendValues(made ? this.sizes.measure(value) : this.sizes.known(value));
    }
  }

  public spendText(characters: number): void {
    this.spend(characters / 64);
  }

  public spendValues(values: number): void {
    this.spend(values / 8);
  }

  public close(): void {
    this.room.close(this.place);
  }

  private spend(units: number): void {
    this.used += units;
    if (this.used > MOST_UNITS) {
      throw tooMuch();
    }
    this.room.take(this.place, units);
  }
}
