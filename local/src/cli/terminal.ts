/** Where the command prints, and how it is interrupted. */
export interface Terminal {
  readonly colours: boolean;
  /** Settles when the user wants it to end. */
  readonly interrupted: Promise<void>;
  print(line: string): void;
  printError(line: string): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The terminal of this process. A second signal ends the process at once. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  const interrupted = new Promise<void>((resolve) => {
    let interruptedOnce = false;
    const interrupt = (): void => {
      if (interruptedOnce) {
        process.exit(130);
      }
      interruptedOnce = true;
      resolve();
    };
    SIGNALS.forEach((signal) => process.on(signal, interrupt));
    // The reader has closed the pipe, as head does.
    stdout.on('error', interrupt);
  });
  return {
    print: (line) => stdout.write(`${line}\n`),
    printError: (line) => stderr.write(`${line}\n`),
    colours: stdout.isTTY === true && !process.env.NO_COLOR,
    interrupted,
  };
}
