/** The addresses of the two registers that logs and source speak of (source: Linux msr-index.h, edk2 SevSnpMsr.h). */
export const SEV_STATUS_MSR = 0xc001_0131n;
export const GHCB_MSR = 0xc001_0130n;
