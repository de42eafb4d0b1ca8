import type { Finding } from "../../../../src/decoder/log/finding";
import { LogScanner } from "../../../../src/decoder/log/scan/scanner";
import { findingJson } from "../../../../src/decoder/report/boot/findingJson";

/** Every finding of a text, in the order in which they are given. */
export function findingsOf(text: string): Finding[] {
  const scanner = new LogScanner();
  const found = text.split("\n").flatMap((line) => scanner.line(line));
  return [...found, ...scanner.end()];
}

/** The same as the command line prints them. */
export function jsonOf(text: string): unknown[] {
  return findingsOf(text).map((finding) => findingJson(finding, null));
}
