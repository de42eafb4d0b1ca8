/** What stands before a message that is no part of a sentence: nothing, a time, a mark, another message's prefix. */
const BEGINS = /(?:^|[\])}>|"'=]|:\d\d(?:[.,]\d{1,9})?Z?)\s*$/u;

/** As much of a line beside a message as is looked at. */
export const BESIDE = 200;

/** The text before a place of a line, as much as is looked at. */
export function textBefore(line: string, start: number): string {
  return line.slice(Math.max(0, start - BESIDE), start);
}

/** Whether a message can begin behind this text. */
export function mayBegin(before: string): boolean {
  return BEGINS.test(before);
}
