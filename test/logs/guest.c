/* Names and values as source code has them: hover any of them. */
#define MSR_AMD64_SEV 0xc0010131

static int may_boot(unsigned long long sev_status)
{
	if (!(sev_status & MSR_AMD64_SEV_SNP_ENABLED))
		return 1;
	if (sev_status & 0x800ULL)
		return has_code_for(MSR_AMD64_SNP_SECURE_TSC);
	return !(sev_status & SNP_FEATURES_IMPL_REQ & ~SNP_FEATURES_PRESENT);
}

static void refuse(struct ghcb *ghcb, unsigned long long unsupported)
{
	ghcb_set_sw_exit_code(ghcb, SVM_VMGEXIT_TERM_REQUEST);
	ghcb_set_sw_exit_info_1(ghcb, SVM_VMGEXIT_TERM_REASON(SEV_TERM_SET_GEN, GHCB_SNP_UNSUPPORTED));
	ghcb_set_sw_exit_info_2(ghcb, unsupported);
}
