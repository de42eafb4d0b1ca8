import type { Finding } from "../../../../src/decoder/log/finding";
import { LogScanner } from "../../../../src/decoder/log/scan/scanner";
import { findingJson } from "../../../../src/decoder/report/boot/findingJson";
import { hexShort } from "../../../../src/decoder/text/u64";

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

/** A finding in few words: its kind, what it holds, its text. */
export function inWords({ fact }: Finding): string {
  switch (fact.kind) {
    case "termination": {
      const { reason, unsupported } = fact;
      const told = reason === null ? "untold" : `${reason.set}:${reason.code}`;
      return `termination ${told} ${unsupported === null ? "-" : hexShort(unsupported)}`;
    }
    case "vmgexit":
      return `vmgexit ${fact.exitCode === null ? "-" : hexShort(fact.exitCode)}`;
    case "sev-status":
    case "sev-features":
    case "ghcb-msr":
    case "hypervisor-features":
    case "guest-request-error":
      return `${fact.kind} ${hexShort(fact.value)}`;
    case "guest-kernel":
      return `guest-kernel ${fact.release}`;
    case "notice":
      return `notice ${fact.id}`;
    case "ghcb":
      return `ghcb ${[fact.exitCode, fact.exitInfo1, fact.exitInfo2].map((field) => (field === null ? "-" : hexShort(field.value))).join(" ")}`;
  }
}
