import assert from "node:assert/strict";
import { FEATURES, bitByName } from "../../../src/decoder/features";
import { assertHas, errorOf, jsonOf, sevStatus } from "./sevStatus";

const status = (...args: readonly string[]) => sevStatus("check", ...args).status;

describe("sev-status check", () => {
  it("exits with 0 where the guest boots", () => {
    assert.equal(status("0x887", "--guest", "6.14"), 0);
    assertHas(jsonOf("check", "0x887", "--guest", "6.14"), { verdict: { outcome: "boots" } });
  });

  it("exits with 1 where it refuses, for text and JSON alike", () => {
    assert.equal(status("0x887", "--guest", "6.13"), 1);
    assert.equal(status("0x887", "--guest", "6.13", "--json"), 1);
  });

  it("exits with 1 where what happens is undefined: 6.0 has no check", () => {
    assert.equal(status("0x887", "--guest", "6.0"), 1);
    assertHas(jsonOf("check", "0x887", "--guest", "6.0"), {
      guest: { required: null, implemented: null },
      verdict: {
        outcome: "undefined",
        lacks: ["DebugSwap", "SecureTSC"],
        check: "no-check-in-kernel",
      },
    });
  });

  it("exits with 0 where SEV-SNP is off and nothing is checked", () => {
    assert.equal(status("0x803", "--guest", "6.6"), 0);
    assertHas(jsonOf("check", "0x803", "--guest", "6.6"), { verdict: { outcome: "not-snp" } });
  });

  it("exits with 2 where the arguments cannot be used", () => {
    assert.equal(status("0x887"), 2);
    assert.equal(status("0xzz", "--guest", "6.6"), 2);
  });
});

describe("sev-status check --boot and --ghcb-version", () => {
  const refusal = ["check", "0x887", "--guest", "6.12.80"];

  it("ends with a GHCB termination by default", () => {
    assertHas(jsonOf(...refusal), {
      verdict: {
        how: "ghcb-termination",
        exitInfo1: "0x0000000000000020",
        exitInfo2: "0x0000000000000800",
      },
    });
  });

  it("ends in the firmware with --boot efi-stub", () => {
    assertHas(jsonOf(...refusal, "--boot", "efi-stub"), { verdict: { how: "efi-unsupported" } });
    assert.match(
      sevStatus(...refusal, "--boot", "efi-stub").stdout,
      /see:\n +OVMF, EFI stub +console: [^\n]*\n\n/u,
    );
  });

  it("ends in the decompressor where the kernel's EFI stub has no test", () => {
    assertHas(jsonOf("check", "0x887", "--guest", "6.2", "--boot", "efi-stub"), {
      verdict: { how: "ghcb-termination" },
    });
  });

  it("names both boot paths in its text", () => {
    const { stdout } = sevStatus(...refusal);
    assert.match(
      stdout,
      /OVMF, EFI stub +console: EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800 /u,
    );
    assert.match(stdout, /IGVM or direct +host: kvm_amd: .* reason 0x20 info 0x800°/u);
    assert.match(stdout, /vmlinux +no check/u);
  });

  it("checks nothing with --boot uncompressed: undefined where something is lacking", () => {
    const boot = ["--boot", "uncompressed"];
    assertHas(jsonOf(...refusal, ...boot), {
      verdict: {
        outcome: "undefined",
        unsupported: "0x0000000000000800",
        lacks: ["SecureTSC"],
        check: "no-check-on-boot-path",
      },
    });
    const { stdout, status: exit } = sevStatus(...refusal, ...boot);
    assert.equal(exit, 1);
    assert.match(stdout, /undefined – uncompressed, so no check; missing SecureTSC/u);
    assert.doesNotMatch(stdout, /EFI stub/u);
    assertHas(jsonOf("check", "0x87", "--guest", "6.12.80", ...boot), {
      verdict: { outcome: "boots", check: "no-check-on-boot-path" },
    });
    assertHas(jsonOf("check", "0x803", "--guest", "6.12.80", ...boot), {
      verdict: { outcome: "not-snp" },
    });
    assertHas(jsonOf("check", "0x887", "--guest", "6.1.8", ...boot), {
      verdict: { outcome: "undefined", check: "no-check-in-kernel" },
    });
    // What runs below the kernel checks all the same.
    assertHas(jsonOf("check", "0x887", "--guest", "6.12.80+svsm", ...boot), {
      verdict: { outcome: "refuses", how: "svsm-panic" },
    });
  });

  it("says so where a known bug loses the mask, with the commits", () => {
    const args = ["check", "0x40887", "--guest", "6.18.15+deb13-cloud-amd64"];
    assertHas(jsonOf(...args, "--advise"), {
      verdict: {
        outcome: "refuses",
        how: "ghcb-msr-termination",
        ghcbMsr: "0x0000000000020100",
        unsupported: "0x0000000000040000",
        because: "kernel-bug",
        bug: "ghcb-version-lost",
        bugs: ["ghcb-version-lost", "vmpl-not-cleared"],
      },
    });
    const { stdout } = sevStatus(...args, "--advise");
    assert.match(stdout, /a known bug of this kernel loses the mask, 0x40000/u);
    assert.match(stdout, /Brought by 9723dd0c705e/u);
    assert.match(stdout, /68a501d7fd82/u);
    assert.match(stdout, /Fixed by 4ca191cec17a/u);
    assert.match(stdout, /Linux 6\.18\.17, 6\.19\.7 or 7\.0-rc3, or later in its branch/u);
    assertHas(jsonOf(...args, "--boot", "efi-stub"), {
      verdict: {
        how: "efi-unsupported",
        message: "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x40000",
      },
    });
  });

  it("refuses with --ghcb-version 1 whatever is enabled, as long as SEV-SNP is on", () => {
    for (const boot of ["decompressor", "efi-stub"])
      for (const guest of ["6.1.170", "6.12.117", "7.3.4", "6.0"])
        assertHas(jsonOf("check", "0x7", "--guest", guest, "--ghcb-version", "1", "--boot", boot), {
          verdict: {
            outcome: "refuses",
            unsupported: "0x0000000000000000",
            lacks: [],
            how: "ghcb-msr-termination",
            ghcbMsr: "0x0000000000020100",
            because: "ghcb-version",
          },
        });
    assert.equal(status("0x3", "--guest", "6.12.117", "--ghcb-version", "1"), 0);
    assert.match(
      sevStatus("check", "0x7", "--guest", "6.12.117", "--ghcb-version", "1").stdout,
      /refuses to boot – SEV-SNP needs GHCB version 2/u,
    );
  });

  it("loses the mask with --ghcb-version 1", () => {
    const args = [...refusal, "--ghcb-version", "1"];
    assertHas(jsonOf(...args), {
      verdict: { how: "ghcb-msr-termination", ghcbMsr: "0x0000000000020100" },
    });
    const { stdout } = sevStatus(...args);
    assert.match(stdout, /termination: 0x0:0x2 – the mask is lost/u);
    assert.doesNotMatch(stdout, /info 0x800/u);
  });

  it("names what it expects instead of another text", () => {
    assert.equal(
      errorOf(...refusal, "--boot", "grub"),
      '"grub" is no boot path: expected decompressor, efi-stub or uncompressed.',
    );
    assert.equal(
      errorOf(...refusal, "--ghcb-version", "3"),
      '"3" is no GHCB protocol version: expected 1 or 2.',
    );
  });
});

describe("sev-status check with names", () => {
  it("refuses SEV-SNP,SecureTSC on 6.12.80", () => {
    assert.equal(status("SEV-SNP,SecureTSC", "--guest", "6.12.80"), 1);
    assertHas(jsonOf("check", "SEV-SNP,SecureTSC", "--guest", "6.12.80"), {
      value: "0x0000000000000804",
      verdict: { outcome: "refuses", lacks: ["SecureTSC"] },
    });
  });

  it("does not call named features implausible, and does call the same value so", () => {
    const names = sevStatus("check", "SEV-SNP,SecureTSC", "--guest", "6.12.80");
    assert.doesNotMatch(names.stdout, /SEV-SNP alone/u);
    assert.equal(names.stderr, "");
    const value = sevStatus("check", "0x804", "--guest", "6.12.80");
    assert.match(value.stdout, /SEV-SNP alone: is this the right register/u);
  });

  it("takes aliases, blanks and positions", () => {
    assertHas(jsonOf("check", "snp, secure-tsc ,bit 23", "--guest", "6.18"), {
      value: "0x0000000000800804",
    });
  });

  it("takes one name without a comma, and says that without SEV-SNP nothing is checked", () => {
    const { stderr, status: exit } = sevStatus("check", "AI", "--guest", "6.6");
    assert.equal(exit, 0);
    assert.match(stderr, /^sev-status: warning: SEV-SNP is not among the features named/u);
  });

  it("can tell names from values: no name consists of hex digits only", () => {
    for (const { name, macros, aliases } of FEATURES) {
      for (const word of [name ?? "", ...macros, ...aliases.map((alias) => alias.name)]) {
        assert.doesNotMatch(word, /^[\da-f_]+$/iu);
      }
    }
    assert.equal(bitByName("887"), null);
  });

  it("names the one that is no feature", () => {
    assert.match(
      errorOf("check", "SEV-SNP,Bogus", "--guest", "6.6").replace("…", "..."),
      /^"Bogus" is no SEV_STATUS feature: expected names as Linux prints them/u,
    );
    assert.match(
      errorOf("check", "SEV-SNP,,RI", "--guest", "6.6"),
      /^"" is no SEV_STATUS feature/u,
    );
  });

  it("calls a wrong number a wrong number", () => {
    assert.match(errorOf("check", "887g", "--guest", "6.6"), /^"887g" is not a value/u);
    assert.match(errorOf("check", "-1", "--guest", "6.6"), /^"-1" is not a value/u);
    assert.match(errorOf("check", `1${"0".repeat(16)}`, "--guest", "6.6"), /does not fit/u);
  });
});

describe("sev-status check --guest", () => {
  const warned = (guest: string) => sevStatus("check", "0x887", "--guest", guest).stderr;

  it("is needed", () => {
    assert.equal(errorOf("check", "0x887"), "check needs --guest GUEST, such as --guest 6.12.80.");
    assert.equal(
      errorOf("check", "0x887", "--guest"),
      "--guest needs a text: expected --guest GUEST.",
    );
    assert.match(errorOf("check", "0x887", "--guest", "--json"), /^--guest needs a text/u);
    assert.match(errorOf("check", "0x887", "--guest", ""), /^No kernel "": expected/u);
    assert.match(errorOf("check", "0x887", "--guest", "windows"), /^No kernel "windows"/u);
  });

  for (const guest of ["6.6", "v6.6", "linux-6.6", "6.6.12"]) {
    it(`${guest} is answered without a warning`, () => {
      assert.equal(warned(guest), "");
    });
  }

  it("warns of a release newer than the catalog, and says so in JSON", () => {
    assert.match(
      warned("9.1"),
      /^sev-status: warning: Linux 9\.1 is newer than the catalog: assumed from .*\n$/u,
    );
    assertHas(jsonOf("check", "0x887", "--guest", "9.1"), {
      guest: { id: "linux-9.1", assumed: true },
    });
  });

  it("warns of a release older than the catalog", () => {
    assert.match(
      warned("4.19"),
      /^sev-status: warning: Linux 4\.19 is older than the catalog.*\n$/u,
    );
  });

  it("knows Ubuntu's 6.8.0-45 by name or by a whole banner, and does not warn", () => {
    const banner = "Linux version 6.8.0-45-generic (buildd@lcy02) (gcc 13.2.0) #45-Ubuntu SMP";
    for (const guest of ["6.8.0-45-generic", banner]) {
      assert.equal(warned(guest), "");
      assertHas(jsonOf("check", "0x887", "--guest", guest), {
        guest: { row: "ubuntu-24.04", verification: "verified", distribution: { name: "Ubuntu" } },
      });
    }
  });

  it("takes the name of a distribution's row: RHEL 9.3 before 362.24.1 refuses DebugSwap, 9.4 accepts it", () => {
    assertHas(jsonOf("check", "0x87", "--guest", "rhel-9.3-ga"), {
      guest: { id: "rhel-9.3-ga" },
      verdict: { outcome: "refuses", lacks: ["DebugSwap"] },
    });
    assertHas(jsonOf("check", "0x87", "--guest", "rhel-9.4"), { verdict: { outcome: "boots" } });
    assert.equal(status("0x87", "--guest", "debian-12"), 1);
  });

  it("says likely in every sentence for RHEL 9.8, which nobody has read", () => {
    const guest = "5.14.0-687.12.1.el9_8.x86_64";
    assert.match(warned(guest), /is unknown: likely the same as RHEL 9\.6/u);
    assertHas(jsonOf("check", "0x887", "--guest", guest), {
      guest: { assumed: true, likely: true, verification: "unknown", row: "rhel-9.8" },
      verdict: { outcome: "refuses", lacks: ["SecureTSC"] },
    });
    const { stdout } = sevStatus("check", "0x887", "--guest", guest);
    assert.match(stdout, /likely refuses to boot – missing SecureTSC/u);
    assert.match(stdout, /You will likely see:/u);
    assert.doesNotMatch(stdout, /[^y] (?:refuses|boots)\b/u);
  });

  it("warns of a distribution's build that has no row", () => {
    const banner = "Linux version 6.10.0-3-amd64 (debian-kernel@lists.debian.org) (gcc 14) #1 SMP";
    for (const guest of ["6.10.0-3-amd64", banner]) {
      assert.match(
        warned(guest),
        /^sev-status: warning: Linux 6\.10\.0-3-amd64 is a distribution's build: assumed from upstream 6\.10\./u,
      );
      assertHas(jsonOf("check", "0x887", "--guest", guest), { guest: { assumed: true } });
    }
  });

  it("boots SecureAVIC on 6.18+secure-avic, refuses it on 6.18", () => {
    assert.equal(status("0x40807", "--guest", "6.18+secure-avic"), 0);
    assert.equal(status("0x40807", "--guest", "6.18"), 1);
    assertHas(jsonOf("check", "0x40807", "--guest", "6.18+secure-avic"), {
      guest: { id: "linux-6.18+secure-avic", implemented: "0x0000000000040880" },
    });
  });

  it("warns where +secure-avic is ignored: 6.12 does not have the option", () => {
    assert.match(
      warned("6.12+secure-avic"),
      /^sev-status: warning: .*CONFIG_AMD_SECURE_AVIC.*ignored\.\n$/u,
    );
  });
});

describe("sev-status check --enable", () => {
  it("adds to SEV, SEV-ES and SEV-SNP where no VALUE is given", () => {
    assertHas(jsonOf("check", "--enable", "SecureTSC,DebugSwap", "--guest", "6.13"), {
      value: "0x0000000000000887",
      verdict: { outcome: "refuses", lacks: ["SecureTSC"] },
    });
    assert.equal(status("--enable", "DebugSwap", "--guest", "6.13"), 0);
  });

  it("adds to VALUE where one is given", () => {
    assertHas(jsonOf("check", "0x87", "--enable", "secure-tsc", "--guest", "6.14"), {
      value: "0x0000000000000887",
      verdict: { outcome: "boots" },
    });
  });

  it("names the one that is no feature, and asks for a VALUE without it", () => {
    assert.match(errorOf("check", "--enable", "Turbo", "--guest", "6.6"), /^"Turbo" is no SEV_/u);
    assert.match(errorOf("check", "--guest", "6.6"), /^No value is given/u);
  });
});

describe("sev-status check --advise", () => {
  it("says for each branch from where on all features together are accepted, and what the switches change", () => {
    const { stdout } = sevStatus("check", "0x87", "--guest", "6.1.100", "--advise");
    assert.match(stdout, /Supported since Linux 6\.6: e221804dad4e/u);
    assert.match(stdout, /Remove debug-swap=on: off is the default\. \(QEMU 11\.2 and later/u);
    assert.match(stdout, /IGVM file, side effect: .* COCONUT-SVSM requires DebugSwap/u);
    assert.doesNotMatch(stdout, /modprobe/u);
    assert.match(stdout, /supports all enabled features: 6\.6, 6\.12/u);
    assert.match(stdout, /No release of 5\.10, 5\.15 or 6\.1 supports all of them\./u);
    assert.match(stdout, /the launch measurement/u);
  });

  it("has it as JSON: what the switches clear, and that the measurement changes", () => {
    const json = jsonOf("check", "0x887", "--guest", "6.12.80", "--advise");
    assertHas(json, {
      verdict: { outcome: "refuses" },
      advice: {
        lacking: "0x0000000000000800",
        clearable: "0x0000000000000800",
        changesMeasurement: true,
        features: [{ bit: 11, name: "SecureTSC", introduced: { release: "6.14" } }],
      },
    });
    assert.match(
      JSON.stringify(json),
      /"branch":"6\.18\.y","kind":"longterm","until":"2028-12","from":"6\.18","guest":"linux-6\.18"/u,
    );
    assert.match(
      JSON.stringify(json),
      /"branch":"6\.12\.y","kind":"longterm","until":"2028-12","from":null/u,
    );
  });

  it("lacks nothing where the guest boots, and is not there unasked", () => {
    assertHas(jsonOf("check", "0x7", "--guest", "6.12", "--advise"), {
      advice: { lacking: "0x0000000000000000", features: [], changesMeasurement: false },
    });
    assert.doesNotMatch(JSON.stringify(jsonOf("check", "0x887", "--guest", "6.12")), /"advice"/u);
  });
});
