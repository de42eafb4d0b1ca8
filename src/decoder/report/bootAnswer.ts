import { decodeFeatures, featureNames } from "../features";
import { decodeHvFeatures } from "../ghcb";
import type { Boot, SeenEnding } from "../log/boots";
import { isRefusal } from "../log/boots";
import type { FeaturesRole, NoticeId } from "../log/finding";
import { bitMask } from "../u64";
import type { AskedBoot } from "./askedBoot";
import { isRefused } from "./askedBoot";
import { reasonNames } from "./ghcbReport";
import type { Phrase } from "./phrase";
import { list, say } from "./phrase";
import type { Tone } from "./report";
import { answerOf, toneOf } from "./verdict";

/** Messages that say by themselves that a guest has come to its end, or never began. */
const FATAL: ReadonlyMap<NoticeId, string> = new Map([
  ["kvm.exit-system-event", "the guest asked to be terminated; this VMM does not say why."],
  ["linux.sev-es-cpu-features", "the guest kernel ended its boot: processor features are missing."],
  ["linux.ghcb-page", "the guest kernel ended its boot: it has no GHCB page."],
  ["linux.no-rdrand", "the guest kernel ended its boot: it has no trusted randomness."],
  ["linux.cc-blob-not-cpuid", "the guest kernel ended its boot: CPUID does not say SEV-SNP."],
  ["linux.cc-blob-not-status", "the guest kernel ended its boot: SEV_STATUS does not say SEV-SNP."],
  ["svsm.required-features", "the SVSM ended its boot: SEV features that it needs are off."],
  ["svsm.unsupported-features", "the SVSM ended its boot: SEV features are on that it refuses."],
  ["svsm.ghcb-version", "the SVSM ended its boot: no GHCB version suits both sides."],
  ["qemu.snp-not-in-vmsa", "QEMU did not start the guest: the VMSA leaves SEV-SNP out."],
  ["qemu.features-need-es", "QEMU did not start the guest: it is no SEV-ES or SEV-SNP guest."],
  ["qemu.tsc-frequency", "QEMU did not start the guest: tsc-frequency needs secure-tsc=on."],
  ["qemu.igvm-sev-features", "QEMU did not start the guest: its VMSA asks for too much."],
]);

/** Bit 63 of ALLOWED_SEV_FEATURES: the processor tests them at all. */
const TESTED = bitMask(63);
/** Some programs count SNPActive among the supported features, some do not. */
const SNP_ACTIVE = bitMask(0);

/** How a boot went, as good or bad news. */
export function toneOfBoot(asked: AskedBoot): Tone {
  const { boot, verdict, guest } = asked;
  if (isRefused(asked) || boot.endings.length > 0 || failureOf(boot) !== null) return "bad";
  return verdict === null || guest === null ? "neutral" : toneOf(verdict, guest);
}

/** How a boot went, in one sentence. */
export function answerOfBoot({ boot, verdict, guest }: AskedBoot): Phrase {
  const ended = endOf(boot) ?? failureOf(boot);
  if (ended !== null) return ended;
  if (boot.isRunning) return say`running: the guest's kernel got past its check.`;
  if (verdict !== null && guest !== null) return answerOf(verdict, guest);
  if (boot.kernel !== null) return say`its kernel started; the log has no more on SEV.`;
  const tellsOfHost = boot.features.some(({ role }) => role === "supported" || role === "allowed");
  return tellsOfHost
    ? say`no guest's boot: what the host supports.`
    : say`no end of the guest is in the log.`;
}

function endOf({ endings }: Boot): Phrase | null {
  const refused = endings.find(isRefusal);
  const unsupported = endings.reduce((mask, ending) => mask | (ending.unsupported ?? 0n), 0n);
  if (endings.length > 1 && endings.some(({ software }) => software === "kvm"))
    return say`${endings.length} ends of guests${unsupported === 0n ? "" : `; features lacking: ${list(featureNames(unsupported))}`}.`;
  if (unsupported !== 0n)
    return say`refused: the guest kernel lacks ${list(featureNames(unsupported))}.`;
  if (refused !== undefined) return say`refused; the log does not name the features.`;
  const [ending] = endings;
  return ending === undefined ? null : terminated(ending);
}

function terminated({ reason }: SeenEnding): Phrase {
  const names = reason === null ? "" : reasonNames(reason);
  return reason === null || names === ""
    ? say`the guest asked to be terminated; the log does not say why.`
    : say`the guest asked to be terminated: ${names}.`;
}

/** What keeps the guest from starting or going on, without an end that it asked for; null for nothing. */
function failureOf(boot: Boot): Phrase | null {
  const { missingHypervisorFeatures: missing, notices } = boot;
  const denied = beyond(boot, "guest", "allowed", TESTED);
  if (denied !== "")
    return say`the guest has SEV_FEATURES that its VMCB does not allow, so it cannot be run: ${denied}.`;
  const refused = beyond(boot, "requested", "supported", 0n);
  if (refused !== "")
    return say`not started: SEV_FEATURES are asked for that the host does not support: ${refused}.`;
  if (missing !== null && missing !== 0n)
    return say`the SVSM misses features of the hypervisor: ${list(decodeHvFeatures(missing).known.map(({ name }) => name))}.`;
  const lacking = maskIn(boot, "missing");
  if (lacking !== 0n) return say`the SVSM ended its boot: it needs ${featuresIn(lacking)}.`;
  const fatal = notices.map(({ id }) => FATAL.get(id)).find((words) => words !== undefined);
  return fatal === undefined ? null : say`${fatal}`;
}

/** The names of the features that one role has beyond what the other one grants, where both were told. */
function beyond(boot: Boot, role: FeaturesRole, grants: FeaturesRole, needs: bigint): string {
  const granted = maskIn(boot, grants);
  if (granted === 0n || (granted & needs) !== needs) return "";
  return featuresIn(maskIn(boot, role) & ~granted & ~SNP_ACTIVE);
}

function maskIn({ features }: Boot, wanted: FeaturesRole): bigint {
  return features.reduce((mask, { role, value }) => (role === wanted ? mask | value : mask), 0n);
}

function featuresIn(mask: bigint): string {
  return list(decodeFeatures("sev-features", mask).features.map(({ name }) => name));
}
