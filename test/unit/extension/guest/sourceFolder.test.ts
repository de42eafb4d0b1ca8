import assert from "node:assert/strict";
import { guestLookup } from "../../../../src/decoder/guest/lookup";
import { guestsOfFolder } from "../../../../src/extension/guest/sourceFolder";
import type { Miniature } from "../../decoder/guest/sourceTree/miniatures";
import {
  LIKE_6_12,
  LIKE_7_1,
  MSR_INDEX,
  SEV_C,
  changed,
  without,
} from "../../decoder/guest/sourceTree/miniatures";

function folderOf(name: string, tree: Miniature) {
  const files = new Map(Object.entries(tree));
  const asked: string[] = [];
  return {
    name,
    asked,
    has: (path: string) => Promise.resolve(files.has(path)),
    read: (path: string) => {
      asked.push(path);
      return Promise.resolve(files.get(path) ?? null);
    },
  };
}

describe("a workspace folder with a kernel's source", () => {
  it("is a guest that its name finds again", async () => {
    const { guests, problems } = await guestsOfFolder(folderOf("Linux-6.12", LIKE_6_12));
    assert.deepEqual(problems, []);
    assert.deepEqual(
      guests.map(({ name, description }) => [name, description]),
      [["source:Linux-6.12", "the kernel source in the folder Linux-6.12"]],
    );
    const found = guestLookup(guests)("source:Linux-6.12");
    assert.equal(found?.id, "source:Linux-6.12");
    assert.equal(found.label, "Linux 6.12.117 (this source tree)");
  });

  it("is two guests where Secure AVIC is an option", async () => {
    const { guests } = await guestsOfFolder(folderOf("linux", LIKE_7_1));
    const lookup = guestLookup(guests);
    assert.equal(lookup("source:linux")?.check?.implemented, 0x880n);
    assert.equal(lookup("source:linux+secure-avic")?.check?.implemented, 0x40880n);
  });

  it("that is not understood has its problem, and no guest", async () => {
    const tree = changed(LIKE_6_12, SEV_C, "MSR_AMD64_SNP_VTOM", "MSR_AMD64_SNP_VTOP");
    const { guests, problems } = await guestsOfFolder(folderOf("linux", tree));
    assert.deepEqual(guests, []);
    assert.match(
      problems.join(),
      /^The kernel source in the folder linux: .*sev\.c:1: "MSR_AMD64_SNP_VTOP" is not defined/u,
    );
  });

  it("that cannot be read says why", async () => {
    const folder = folderOf("linux", LIKE_6_12);
    const read = () => Promise.reject(new Error(".config: expected a file, and no link."));
    const { problems } = await guestsOfFolder({ ...folder, read });
    assert.deepEqual(problems, [
      "The kernel source in the folder linux: .config: expected a file, and no link.",
    ]);
  });
});

describe("a workspace folder without one", () => {
  it("is asked for two files, and read no further", async () => {
    for (const tree of [{}, { Makefile: "all:\n" }, without(LIKE_6_12, MSR_INDEX)]) {
      const folder = folderOf("project", tree);
      assert.deepEqual(await guestsOfFolder(folder), { guests: [], problems: [] });
      assert.deepEqual(folder.asked, []);
    }
  });
});
