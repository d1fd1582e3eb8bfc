import { STATUSES } from '../contract/statuses';

const CODES = { red: 31, green: 32, yellow: 33, cyan: 36, grey: 90 } as const;

export type Colour = keyof typeof CODES;

/** Colours text where the reader can see it. */
export type Paint = (colour: Colour, text: string) => string;

export function paintFor(colours: boolean): Paint {
  return (colour, text) => (colours ? `\u001b[${CODES[colour]}m${text}\u001b[39m` : text);
}

/** What a status means to who watches: well ended, ended otherwise, in trouble, or under way. */
export function colourOf(status: string): Colour {
  switch (status) {
    case STATUSES.COMPLETED: return 'green';
    case STATUSES.FAILED:
    case STATUSES.NEEDS_ATTENTION: return 'red';
    case STATUSES.RECEIVED: return 'grey';
    default: return 'yellow';
  }
}
