import type { Fact, Finding } from "../log/finding";
import { KVM_NAMES } from "../log/formats/kvm/messages";
import { UNHANDLED_VC, WRONG_OPCODE } from "../log/formats/linux/errors";

/**
 * How an exit that does not end the guest went.
 * - `unknown-to-kvm`: KVM does not know the exit code.
 * - `input-missing`: fields of the GHCB that this exit needs are missing.
 * - `guest-cannot-handle`: the guest met a #VC exception that it cannot handle.
 * - `traced`: a trace or a dump shows it; nothing says that it failed.
 */
export type ExitState = "unknown-to-kvm" | "input-missing" | "guest-cannot-handle" | "traced";

/** Exits of one boot with the same code that went the same way. */
export interface ExitGroup {
  /** Null for a message of the GHCB MSR protocol, and where no line says. */
  readonly exitCode: bigint | null;
  readonly state: ExitState;
  readonly count: number;
  /** Of the first and the last one, from 0. */
  readonly firstLine: number;
  readonly lastLine: number;
}

const STATES: ReadonlyMap<string, ExitState> = new Map([
  [KVM_NAMES.unknownExit, "unknown-to-kvm"],
  [KVM_NAMES.invalidInput, "input-missing"],
  [KVM_NAMES.unsupportedEvent, "guest-cannot-handle"],
  [UNHANDLED_VC, "guest-cannot-handle"],
  [WRONG_OPCODE, "guest-cannot-handle"],
]);

/** Groups of one boot beyond these are counted together, as traced exits without a code. */
const MOST_GROUPS = 32;

/** Counts the exits of one boot that end nothing. */
export class ExitFacts {
  readonly #groups = new Map<string, { -readonly [Key in keyof ExitGroup]: ExitGroup[Key] }>();

  add({ fact, format, line }: Finding): void {
    if (fact.kind !== "vmgexit" && fact.kind !== "ghcb-msr" && fact.kind !== "ghcb") return;
    if (fact.kind === "ghcb" && fact.ending !== null) return;
    // An answer alone does not say which exit it is for.
    if (fact.kind === "vmgexit" && fact.answer === true && fact.exitCode === null) return;
    const exitCode = exitCodeOf(fact);
    const state = STATES.get(format) ?? "traced";
    const own = `${state} ${exitCode ?? ""}`;
    const isOwn = this.#groups.has(own) || this.#groups.size < MOST_GROUPS;
    const key = isOwn ? own : "";
    const group = this.#groups.get(key);
    if (group === undefined) {
      const what = isOwn ? { exitCode, state } : ({ exitCode: null, state: "traced" } as const);
      this.#groups.set(key, { ...what, count: 1, firstLine: line, lastLine: line });
      return;
    }
    group.count += 1;
    group.lastLine = line;
  }

  groups(): ExitGroup[] {
    return Array.from(this.#groups.values(), (group) => ({ ...group }));
  }
}

function exitCodeOf(fact: Fact): bigint | null {
  if (fact.kind === "ghcb") return fact.exitCode?.value ?? null;
  return fact.kind === "vmgexit" ? fact.exitCode : null;
}
