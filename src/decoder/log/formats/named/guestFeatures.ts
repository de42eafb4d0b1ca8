import { decodeFeatures } from "../../../features";
import { hasBit } from "../../../text/u64";

/** The name that tools which measure a launch give SEV_FEATURES, and virtio its own features. */
export const OF_GUESTS = /^(?:snp_?|sev_?)?guest_?features$/iu;

/** Virtio's features stand in a device, among its host's features and its queues. */
const VIRTIO = /\b(?:virtio|vhost|vdev|vring|vq|queue|host_?features)|->\s?$/iu;
const MEMBER_BEFORE = /(?:->|\.)\s?$/u;

/** As much of a line before a name as is looked at. */
const BESIDE = 40;

/**
 * Whether the features of a guest at an offset of a line are SEV_FEATURES: a guest whose launch is measured has
 * SNPActive, and no bit without a name.
 */
export function isOfGuest(line: string, nameStart: number, value: bigint): boolean {
  if (!hasBit(value, 0) || decodeFeatures("sev-features", value).unknown !== 0n) return false;
  if (MEMBER_BEFORE.test(line.slice(Math.max(0, nameStart - BESIDE), nameStart))) return false;
  return !VIRTIO.test(line);
}
