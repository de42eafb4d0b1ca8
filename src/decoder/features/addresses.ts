/** The address of the SEV_STATUS MSR, and of the GHCB MSR. */
export const SEV_STATUS_MSR = 0xc001_0131n;
export const GHCB_MSR = 0xc001_0130n;
