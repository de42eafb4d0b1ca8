import { statusFromFeatures } from "../../features";
import { lackingFeatures, refusedBy } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import type { Fact, Field } from "../../log/finding";
import { isMask, registerOf } from "../../log/tokenRegister";

/** The features of a token that a guest lacks, in SEV_STATUS bit positions; 0 for what no running guest has. */
export function lackingIn(fact: Fact, field: Field, guest: GuestProfile): bigint {
  const found = registerOf(fact, field);
  if (found === null || isMask(fact, field)) return 0n;
  if (fact.kind === "sev-status" && fact.synthetic === true) return 0n;
  const { register, value } = found;
  switch (register) {
    case "sev-status":
      return lackingFeatures(value, guest);
    case "sev-features":
      return lackingFeatures(statusFromFeatures(value), guest);
    case "unsupported-features":
      return refusedBy(value, guest);
    default:
      return 0n;
  }
}
