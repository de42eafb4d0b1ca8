/** Who printed a line. `named` is nobody in particular: a value beside its register's name. */
export type Software =
  | "kvm"
  | "linux"
  | "edk2"
  | "svsm"
  | "qemu"
  | "openvmm"
  | "cloud-hypervisor"
  | "rust-vmm"
  | "virtee"
  | "systemd"
  | "msr-tools"
  | "ccp"
  | "sev-tool"
  | "sev-snp-measure"
  | "igvm"
  | "named";
