/** Where the command speaks, and how it is told to end. */
export interface Terminal {
  readonly colours: boolean;
  /** Settles when the user wants it to end. */
  readonly interrupted: Promise<void>;
  print(line: string): void;
  complain(line: string): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The terminal of this process. Whoever asks twice to end it does not want to wait. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  const interrupted = new Promise<void>((resolve) => {
    let asked = false;
    const ask = (): void => {
      if (asked) {
        process.exit(130);
      }
      asked = true;
      resolve();
    };
    SIGNALS.forEach((signal) => process.on(signal, ask));
    // Nobody reads any more, as in a pipe to head.
    stdout.on('error', ask);
  });
  return {
    print: (line) => stdout.write(`${line}\n`),
    complain: (line) => stderr.write(`${line}\n`),
    colours: stdout.isTTY === true && !process.env.NO_COLOR,
    interrupted,
  };
}
