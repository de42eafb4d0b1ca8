/** The exit statuses that shells expect: 128 plus the number of the signal. */
const STATUSES = { SIGINT: 130, SIGTERM: 143 } as const;

type Interrupt = keyof typeof STATUSES;

/** What to do when a signal interrupts the program. */
interface OnInterrupt {
  /** Reports the results so far. */
  readonly tell: () => void;
  /** Whether a read may block forever. */
  readonly mayHang: () => boolean;
}

/** Ends the program on SIGINT and SIGTERM, after `tell` and after all output is written. Returns a function that undoes this. */
export function onInterrupt({ tell, mayHang }: OnInterrupt): () => void {
  const interrupted = (signal: Interrupt) => {
    // A second signal ends the program at once.
    forget();
    process.exitCode = STATUSES[signal];
    tell();
    process.stdout.write("", () => {
      // `exit` would wait for a blocked read. Ending by the signal does not wait, and shells see the same status.
      if (mayHang()) process.kill(process.pid, signal);
      else process.exit();
    });
  };
  const forget = () => {
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", interrupted);
  };
  process.on("SIGINT", interrupted);
  process.on("SIGTERM", interrupted);
  return forget;
}
