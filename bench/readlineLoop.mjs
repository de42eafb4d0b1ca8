// What one would write first: every line as a string, and every word looked for in it.
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [log = "", anchors = ""] = process.argv.slice(2);
const words = readFileSync(anchors, "utf8").trimEnd().split("\n");
let count = 0;
for await (const line of createInterface({ input: createReadStream(log), crlfDelay: Infinity }))
  if (words.some((word) => line.includes(word))) count += 1;
console.log(count);
