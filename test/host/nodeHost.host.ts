import { ok } from "./expect";

describe("the Node host", () => {
  it("is where this suite runs", () => {
    ok(!("WorkerGlobalScope" in globalThis), "this is no worker");
    ok(typeof process.versions.node, "this is Node");
  });
});
