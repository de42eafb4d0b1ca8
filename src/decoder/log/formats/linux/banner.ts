import type { PatternFormat, Read } from "../format";
import { mayBegin, textBefore } from "../kit/begins";

const WORDS = "Linux version ";

/** Who built the kernel, either half of which may be empty, and then the compiler: only a banner goes on so. */
const BUILDER = /^ \([^()\s]{0,80}@[^()\s]{0,80}\) \(/u;
/** What is left where somebody took the builder out: `(*****)`, `(XXX)`, `([email protected])`, `...`, `[redacted]`. */
const REDACTED =
  /^ ?(?:\([^()\w]{1,40}\)|[([<]{1,2}(?:x{2,20}|email.protected|redacted|removed|hidden|snip|masked|omitted|\w{1,30} at [\w.-]{1,60})[)\]>]{1,2}|[([]?(?:\.{3,5}|…|\*{3,20})[)\]]?)/iu;
/** A compiler in its brackets: `(gcc 14.2.0`, `(x86_64-linux-gnu-gcc-13 (Debian`, `(Debian clang version`. */
const COMPILER = /^ ?\((?:[\w.+-]{1,60}[ -]){0,2}(?:gcc|clang)\b/u;
/** The number of the build, and what the kernel is built for: `#2 SMP PREEMPT_DYNAMIC`. */
const BUILD = /(?:^|[ )…]|\.{3}) ?#\d{1,6}[\w.~+-]{0,60} (?:SMP|PREEMPT|NOHZ)\b/u;
/** Nothing more on the line, or of the string that holds the message. */
const ENDS = /^\s*(?:$|["'](?=[\s,;)}\]]|$))/u;

/** The three numbers of every kernel's own name. People write two. */
const WHOLE_RELEASE = /^\d{1,3}\.\d{1,4}\.\d{1,4}/u;
/** The kernel's own time, straight before. */
const KERNEL_TIME = /\[\s{0,8}\d{1,9}\.\d{1,9}\]\s?$/u;
/** The program's name in syslog, and the label that tools give the line. */
const KERNEL_LABEL = /\b[Kk]ernel:\s?$/u;

/**
 * Whether what follows a release makes the words a kernel's banner. One that was redacted or cut still has its
 * compiler or the number of its build, and no sentence before it; a kernel's own time alone is enough too.
 */
function isBanner(release: string, rest: string, before: string): boolean {
  if (BUILDER.test(rest)) return true;
  if (!WHOLE_RELEASE.test(release)) return false;
  const isTimed = KERNEL_TIME.test(before);
  const redacted = REDACTED.exec(rest)?.[0] ?? "";
  const isBuilderGone = redacted !== "" && !COMPILER.test(rest);
  const tail = isBuilderGone ? rest.slice(redacted.length) : rest;
  const isCompiled = COMPILER.test(tail);
  if (isCompiled && (isBuilderGone || isTimed) && BUILD.test(tail)) return true;
  if (!isTimed && !KERNEL_LABEL.test(before) && !mayBegin(before)) return false;
  if (isCompiled) return isBuilderGone || isTimed || BUILD.test(tail);
  if (BUILD.test(tail)) return true;
  return isTimed || isBuilderGone ? ENDS.test(tail) : false;
}

const readBanner: Read = ({ groups, index, input }) => {
  const { release = "", rest = "" } = groups ?? {};
  if (!isBanner(release, rest, textBefore(input, index))) return null;
  const start = index + WORDS.length;
  const banner = `${WORDS}${release} ${rest.trimStart()}`.trimEnd();
  const fact = { kind: "guest-kernel", release, banner } as const;
  return { start, end: start + release.length, fact, tokens: [] };
};

/** `Linux version 6.12.77 (builder@host) (gcc …) #1 SMP …` — the first line of a kernel's log, also a redacted one. */
export const BANNER: Omit<PatternFormat, "software"> = {
  name: "banner",
  anchors: [WORDS],
  pattern:
    /\bLinux version (?<release>\d{1,3}\.\d{1,4}(?:[\w.+~-]{0,80}[\w+~])?)(?<rest>(?:(?!\bLinux version )[^\n]){0,500})/gu,
  read: readBanner,
};
