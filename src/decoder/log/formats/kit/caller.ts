import type { LineText } from "../../line/lineText";

/** The mark, and what the message begins with before its own words. */
const CALLER = /\[ {0,8}(?<caller>[TC]\d{1,10})\] {0,4}(?:[\w-]{1,32}: ){0,2}$/u;
/** No such mark stands farther before a message. */
const FARTHEST = 100;

/**
 * Who printed the message that begins at an offset: `T12` for a thread and `C0` for a processor, as a kernel with
 * CONFIG_PRINTK_CALLER marks its lines (`[    1.000001] [   T12] kvm_amd: `). Null where the line does not say.
 */
export function callerBefore(text: string, start: number): string | null {
  return CALLER.exec(text.slice(Math.max(0, start - FARTHEST), start))?.groups?.["caller"] ?? null;
}

/** Who printed a line's message, where the line says so. */
export function callerOf({ text, bodyStart }: LineText): string | null {
  return callerBefore(text, bodyStart);
}

/** Time stamps and marks of callers. */
const IN_BRACKETS = /\[[^[\]]{0,60}\]/gu;
const OF_TIME = /[\d\s:.,+-]+/gu;

/**
 * What stands before a line's message but for times and callers: the same for all lines that one program prints into
 * a log, another for those of another host, or of another guest's console. Empty where nothing stands there.
 */
export function sourceOf({ text, bodyStart }: LineText): string {
  return text.slice(0, bodyStart).replace(IN_BRACKETS, "[]").replace(OF_TIME, "");
}

/** Whether a line may come from where another one does: what has nothing before it, a person may have cut out. */
export function maySucceed(line: LineText, source: string): boolean {
  const own = sourceOf(line);
  // A mail that wraps a line quotes its rest, without the time before it.
  return own === "" || own === source || own === source.replaceAll("[]", "");
}
