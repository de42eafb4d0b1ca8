// The suites that only the web-worker host runs.
import "./webWorker.host";
