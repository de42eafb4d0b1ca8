import { LogExplanationPage } from "./page";
import type { ViewMessage, ViewState } from "./protocol";
import { isHostMessage } from "./protocol";

declare function acquireVsCodeApi(): {
  readonly postMessage: (message: ViewMessage) => void;
  readonly setState: (state: ViewState) => void;
};

const root = document.getElementById("logExplanation");
if (root !== null) {
  const api = acquireVsCodeApi();
  const page = new LogExplanationPage(root, { post: api.postMessage, keep: api.setState });
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (isHostMessage(data)) page.receive(data);
  });
  page.start();
}
