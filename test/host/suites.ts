// The suites that run in both hosts, each named here: a bundle for the web worker can not look for files.
import "./activation.host";
import "./commands.host";
import "./explainLog.host";
import "./findings.host";
import "./hover.host";
import "./problems.host";
