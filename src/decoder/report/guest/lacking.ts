import { statusFromFeatures } from "../../features";
import { lackingFeatures, refusedBy } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import type { Reading } from "../../log/reading";

/** The features of a value that a guest lacks, in SEV_STATUS bit positions; 0 for what no running guest has. */
export function lackingIn(reading: Reading, guest: GuestProfile): bigint {
  if (reading.kind !== "register" || reading.mask === true || reading.synthetic === true) return 0n;
  switch (reading.register) {
    case "sev-status":
      return lackingFeatures(reading.value, guest);
    case "sev-features":
      return lackingFeatures(statusFromFeatures(reading.value), guest);
    case "unsupported-features":
      return refusedBy(reading.value, guest);
    default:
      return 0n;
  }
}
