/** From this many units on, evaluations no longer run side by side. */
const ROOM = 2_500_000;

/** What one evaluation holds of the room. */
export interface Place {
  held: number;
  goOn?: () => void;
}

/**
 * The memory that all evaluations of the process share. One evaluation cannot fill it, but many at once could,
 * as those of a Map's iterations do: when it is full, the oldest goes on and the others wait for it.
 */
export class SharedRoom {
  private readonly places = new Set<Place>();
  private held = 0;

  public open(): Place {
    const place = { held: 0 };
    this.places.add(place);
    return place;
  }

  /** Takes units, or gives them back. */
  public take(place: Place, units: number): void {
    this.held += units;
    place.held += units;
  }

  /** What to wait for before more is taken; undefined as long as there is room. */
  public turn(place: Place): Promise<void> | undefined {
    return this.held > ROOM && this.oldest() !== place ? this.wait(place) : undefined;
  }

  public close(place: Place): void {
    this.held -= place.held;
    this.places.delete(place);
    const next = this.held > ROOM ? [this.oldest()] : [...this.places];
    next.forEach((waiting) => waiting?.goOn?.());
  }

  private oldest(): Place | undefined {
    return this.places.values().next().value;
  }

  private async wait(place: Place): Promise<void> {
    while (this.held > ROOM && this.oldest() !== place) {
      await new Promise<void>((resolve) => {
        const other = place.goOn;
        place.goOn = () => {
          other?.();
          resolve();
        };
      });
      place.goOn = undefined;
    }
  }
}
