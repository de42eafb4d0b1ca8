import { ok } from "./expect";

describe("the web-worker host", () => {
  it("is where this suite runs, without Node", () => {
    ok("WorkerGlobalScope" in globalThis, "this is a worker");
  });
});
