// What a loop for one format does: node bench/denseLoop.mjs FILE NAME
// readline, one regular expression, and JSON for each line that matches.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { DENSE_LOGS } from "./denseLogs.mjs";

const [file = "", name = ""] = process.argv.slice(2);
const expression = DENSE_LOGS.find((log) => log.name === name)?.expression;
if (expression === undefined) throw new Error(`There is no dense log ${JSON.stringify(name)}.`);
let number = 0;
for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
  number += 1;
  const match = expression.exec(line);
  if (match === null) continue;
  const json = JSON.stringify({ file, line: number, column: match.index + 1, ...match.groups });
  process.stdout.write(`${json}\n`);
}
