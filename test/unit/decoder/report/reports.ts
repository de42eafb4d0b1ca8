import type { Report } from "../../../../src/decoder/report/report";
import { bareReport } from "../../../../src/decoder/report/report";
import { code, say, strong } from "../../../../src/decoder/report/phrase";

/** Everything that Markdown, HTML, GitHub or a terminal could take for more than text. */
export const HOSTILE =
  "`x` ``y`` a|b <img src=x onerror=alert(1)> [link](command:evil) ![i](x) https://evil.example www.evil.example me@evil.example **b** _i_ ~~s~~ # h &amp; $m$ \u001b[31mred\u001b[0m \u202ernp\u2066 \u200b\r\n- item\n\n# heading";

/** A report of which every part is hostile text. */
export function hostileReport(): Report {
  return {
    ...bareReport(say`${strong(HOSTILE)} ${code(HOSTILE)}`, say`${HOSTILE}`, "bad"),
    fields: [{ name: HOSTILE, value: HOSTILE, meaning: HOSTILE }],
    consequences: [say`${HOSTILE}`, say`${code(HOSTILE)}`],
    advice: [{ feature: "SecureTSC", ways: [say`${HOSTILE} ${code(HOSTILE)}`] }],
    notes: [say`${strong(HOSTILE)}`],
    sources: [HOSTILE],
  };
}
