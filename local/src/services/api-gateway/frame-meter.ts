/** Values of the short length that say how many bytes the real one takes. */
const LONG_LENGTH = 127;
const MEDIUM_LENGTH = 126;
/** The highest bit of the second byte says that a mask follows; clients always send one. */
const MASK_BIT = 128;
const MASK_BYTES = 4;

/** Measures the frames of a WebSocket connection, which a message may have many of. */
export class FrameMeter {
  private header: number[] = [];
  private payloadLeft = 0;

  /** @param onFrame called with the payload's size as soon as a frame begins. */
  constructor(private readonly onFrame: (bytes: number) => void) {}

  public read(chunk: Buffer): void {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.payloadLeft > 0) {
        const passed = Math.min(this.payloadLeft, chunk.length - offset);
        this.payloadLeft -= passed;
        offset += passed;
      } else {
        this.header.push(chunk[offset++]);
        this.beginPayload();
      }
    }
  }

  private beginPayload(): void {
    if (this.header.length < 2) {
      return;
    }
    const short = this.header[1] % MASK_BIT;
    const lengthBytes = short === LONG_LENGTH ? 8 : short === MEDIUM_LENGTH ? 2 : 0;
    const masked = this.header[1] >= MASK_BIT;
    if (this.header.length < 2 + lengthBytes + (masked ? MASK_BYTES : 0)) {
      return;
    }
    const long = this.header.slice(2, 2 + lengthBytes).reduce((value, byte) => value * 256 + byte, 0);
    this.payloadLeft = lengthBytes > 0 ? long : short;
    this.header = [];
    this.onFrame(this.payloadLeft);
  }
}
