/** The exit statuses that shells know: 128 and the number of the signal. */
const STATUSES = { SIGINT: 130, SIGTERM: 143 } as const;

type Interrupt = keyof typeof STATUSES;

/** What is done when a signal interrupts the program. */
interface OnInterrupt {
  /** Tells what is known so far. */
  readonly tell: () => void;
  /** Whether a read may never come back. */
  readonly mayHang: () => boolean;
}

/** Ends the program on SIGINT and SIGTERM, after `tell` and when all output is written; gives the way back. */
export function onInterrupt({ tell, mayHang }: OnInterrupt): () => void {
  const interrupted = (signal: Interrupt) => {
    // A second signal ends the program at once.
    forget();
    process.exitCode = STATUSES[signal];
    tell();
    process.stdout.write("", () => {
      // An exit waits for every read of a file; the signal itself does not, and shells see the same status.
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
