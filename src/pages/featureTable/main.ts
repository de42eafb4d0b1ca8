import { FeatureTablePage } from "./page";
import type { ViewMessage, ViewState } from "./protocol";
import { isHostMessage, isViewState } from "./protocol";

declare function acquireVsCodeApi(): {
  readonly postMessage: (message: ViewMessage) => void;
  readonly getState: () => unknown;
  readonly setState: (state: ViewState) => void;
};

const root = document.getElementById("featureTable");
if (root !== null) {
  const api = acquireVsCodeApi();
  const state = api.getState();
  const host = { post: api.postMessage, keep: api.setState };
  const page = new FeatureTablePage(
    root,
    host,
    isViewState(state) ? state : { filter: "set", tab: "bits" },
  );
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (isHostMessage(data)) page.receive(data);
  });
  page.start();
}
