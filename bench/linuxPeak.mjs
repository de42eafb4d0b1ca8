import { readFileSync } from "node:fs";

/**
 * The most memory that a running process has had since it began, in bytes; null where the system does not say.
 * @param {number | "self"} pid
 */
export function linuxPeak(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kib = /^VmHWM:\s+(\d+) kB$/mu.exec(status)?.[1];
    return kib === undefined ? null : 1024 * Number(kib);
  } catch {
    return null;
  }
}
