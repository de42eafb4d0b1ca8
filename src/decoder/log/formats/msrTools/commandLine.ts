/** Commands that print nothing when they succeed, and often stand before one that reads a register. */
const SILENT = /\b(?:modprobe|cd|export|set|sleep)\b[^;&|]{0,100}(?:;|&&)/gu;

/**
 * Whether no other command on the line prints before this one: `rdmsr 0x10; rdmsr 0xc0010131` prints two values, and
 * the first is of another register. `before` is the line up to the command.
 */
export function isFirstToPrint(before: string): boolean {
  return !/[;&|]/u.test(before.replace(SILENT, ""));
}
