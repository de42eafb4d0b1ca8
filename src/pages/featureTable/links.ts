import { element } from "../shared/dom";

/** Where a commit of Linux, stable branches included, is shown by its hash. */
const COMMIT = "https://git.kernel.org/stable/c/";
/** Where a mail of the kernel's lists is shown by its message-id. */
const MAIL = "https://lore.kernel.org/all/";

/** The repositories whose name stands before a commit, where it is not one of Linux. */
const REPOSITORIES: Readonly<Record<string, string>> = {
  edk2: "https://github.com/tianocore/edk2/commit/",
  openvmm: "https://github.com/microsoft/openvmm/commit/",
  "COCONUT-SVSM": "https://github.com/coconut-svsm/svsm/commit/",
};

const LINKED = /\b(?<commit>[\da-f]{40})\b|\((?<mail>[\w.+-]{8,}@[\w.-]+)\)/gu;

/** A source as text, with a link where it names a commit or a mail of the kernel's lists. */
export function linkedText(source: string): (Node | string)[] {
  const repository = Object.entries(REPOSITORIES).find(([name]) => source.startsWith(name))?.[1];
  // Of other projects, a hash alone does not say where it is.
  const isLinux = repository === undefined && /^Linux|since Linux/u.test(source);
  const nodes: (Node | string)[] = [];
  let end = 0;
  for (const { index, 0: all, groups = {} } of source.matchAll(LINKED)) {
    const { commit, mail } = groups;
    const base = commit === undefined ? MAIL : (repository ?? (isLinux ? COMMIT : null));
    const name = commit ?? mail;
    if (base === null || name === undefined) continue;
    const start = index + all.indexOf(name);
    nodes.push(source.slice(end, start), element("a", { href: `${base}${name}` }, name));
    end = start + name.length;
  }
  return [...nodes, source.slice(end)];
}
