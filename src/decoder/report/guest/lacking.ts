import { statusFromFeatures } from "../../features";
import { assess } from "../../guest/assessment";
import { refusedBy } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import type { Reading } from "../../log/reading";

/** The features of a value that a guest lacks, in SEV_STATUS bit positions; 0 for what no running guest has. */
export function lackingIn(reading: Reading, guest: GuestProfile): bigint {
  if (reading.kind !== "register" || reading.mask === true || reading.synthetic === true) return 0n;
  switch (reading.register) {
    case "sev-status":
      return assess(reading.value, guest).lacking;
    case "sev-features":
      return assess(statusFromFeatures(reading.value), guest).lacking;
    case "unsupported-features":
      return refusedBy(reading.value, guest);
    default:
      return 0n;
  }
}
