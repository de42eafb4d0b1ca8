/** The Linux commits that made the guest's check what it is. */
export const COMMITS = {
  snpGuest: "cbd3d4f7c4e5 (x86/sev: Check SEV-SNP features support; no feature mask), in 5.19",
  check:
    "8c29f016540532582721cec1dbf6d144873433ba (x86/sev: Add SEV-SNP guest feature negotiation support), in 6.2-rc6",
  debugSwap:
    "e221804dad4e6fe3a0cf192ba3c42cd2f328bdac (x86/sev: Do not handle #VC for DR7 read/write), in 6.6-rc1",
  efiStub:
    "31c77a50992e8dd136feed7b67073bb5f1f978cc (x86/efistub: Perform SNP feature test while running in the firmware), in 6.6-rc1",
  secureTsc:
    "0563ee35ae2c9cfb0c6a7b2c0ddf7d9372bb8a98 (x86/sev: Add the Secure TSC feature for SNP guests), in 6.14-rc1",
  secureAvic:
    "27a17e02418e978198513edfb389b65237f4eaf5 (x86/sev: Indicate the SEV-SNP guest supports Secure AVIC), in 6.18-rc1",
  ibpbOnEntry:
    "9073428bb204d921ae15326bb7d4558d9d269aab (x86/sev: Allow IBPB-on-Entry feature for SNP guests), in 7.0-rc3 (release candidate inferred from dates)",
  rename:
    "531397a80360661b61fb69ab41c7359c1f7d35c1 (x86/sev: Rename SNP_FEATURES_PRESENT to SNP_FEATURES_IMPL), in 7.1-rc1; no value changes",
} as const;
