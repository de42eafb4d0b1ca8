// Loaded before a program that is measured (node --import): says at its end how many bytes it had at most.
import { writeFileSync } from "node:fs";
import { linuxPeak } from "./linuxPeak.mjs";

process.on("exit", () => {
  // Linux also counts what the process had that started it into maxRSS (in KiB), and not into what /proc says.
  const peak = linuxPeak("self") ?? 1024 * process.resourceUsage().maxRSS;
  writeFileSync(process.env["BENCH_PEAK_FILE"] ?? "", String(peak));
});
