import { Json } from '../json';

/** The largest JSON text that Step Functions passes on, in bytes of UTF-8. */
export const PAYLOAD_LIMIT_BYTES = 256 * 1024;

/** A value that goes from state to state, written as text once: for its size and for the history. */
export class Payload {
  private written?: string;

  constructor(public readonly value: Json) {}

  public get text(): string {
    this.written ??= JSON.stringify(this.value);
    return this.written;
  }

  public get tooLarge(): boolean {
    // No character takes more than three bytes per UTF-16 unit, so most texts need not be counted.
    return this.text.length * 3 > PAYLOAD_LIMIT_BYTES && Buffer.byteLength(this.text) > PAYLOAD_LIMIT_BYTES;
  }
}
