/** What a kernel is built with, as far as it is known. */
export interface Config {
  /** Whether the source sees the option defined (`=y`, or a text); null where nobody knows. */
  readonly isDefined: (option: string) => boolean | null;
  /** The same with `=m` counted too: IS_ENABLED(). */
  readonly isEnabled: (option: string) => boolean | null;
}

export const MEM_ENCRYPT = "CONFIG_AMD_MEM_ENCRYPT";
export const SECURE_AVIC_OPTION = "CONFIG_AMD_SECURE_AVIC";
export const EFI_STUB = "CONFIG_EFI_STUB";

/** What is taken as set in a tree without a `.config`: without these there is nothing to ask. */
const ASSUMED = new Set([MEM_ENCRYPT, EFI_STUB, "CONFIG_X86_64", "CONFIG_EFI"]);

const SET = /^(?<option>CONFIG_\w{1,100})=(?<value>.)/u;

/**
 * The configuration that a `.config` says, or that is assumed where there is none (null): SEV guest code and the EFI stub are
 * in, and Secure AVIC is not. `secureAvic`, where it is not null, is what holds for CONFIG_AMD_SECURE_AVIC whatever else is said.
 */
export function configOf(dotConfig: string | null, secureAvic: boolean | null): Config {
  const values = dotConfig === null ? null : optionsOf(dotConfig);
  const valueOf = (option: string): string | null => {
    if (option === SECURE_AVIC_OPTION && secureAvic !== null) return secureAvic ? "y" : "";
    if (values !== null) return values.get(option) ?? "";
    if (option === SECURE_AVIC_OPTION) return "";
    return ASSUMED.has(option) ? "y" : null;
  };
  const asked = (option: string, isSo: (value: string) => boolean) => {
    const value = valueOf(option);
    return value === null ? null : isSo(value);
  };
  return {
    isDefined: (option) => asked(option, (value) => value !== "" && value !== "m"),
    isEnabled: (option) => asked(option, (value) => value === "y" || value === "m"),
  };
}

function optionsOf(dotConfig: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const line of dotConfig.split("\n")) {
    const groups = SET.exec(line)?.groups;
    if (groups !== undefined) options.set(groups["option"] ?? "", groups["value"] ?? "");
  }
  return options;
}
