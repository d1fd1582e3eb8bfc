/** Goes through a text from left to right; the parsers of paths and intrinsic functions share it. */
export class TextReader {
  public position = 0;

  constructor(public readonly text: string) {}

  public get done(): boolean {
    return this.position >= this.text.length;
  }

  public peek(expected: string): boolean {
    return this.text.startsWith(expected, this.position);
  }

  public take(expected: string): boolean {
    if (!this.peek(expected)) {
      return false;
    }
    this.position += expected.length;
    return true;
  }

  public expect(expected: string): void {
    if (!this.take(expected)) {
      throw this.error(`expected '${expected}'`);
    }
  }

  /** What the pattern (sticky) matches here. */
  public match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (!match) {
      return undefined;
    }
    this.position += match[0].length;
    return match[0];
  }

  public skipSpace(): void {
    this.match(/\s*/y);
  }

  /** A text in quotes, with the quote and the backslash escaped by a backslash. */
  public quoted(quote: string): string {
    this.expect(quote);
    let content = '';
    while (!this.take(quote)) {
      if (this.done) {
        throw this.error(`expected a closing ${quote}`);
      }
      const character = this.text[this.position++];
      const next = this.text[this.position];
      content += character === '\\' && (next === quote || next === '\\') ? this.text[this.position++] : character;
    }
    return content;
  }

  public error(problem: string): SyntaxError {
    return new SyntaxError(`${problem} at position ${this.position + 1} of '${this.text}'`);
  }
}
