// The suites that only the Node host runs.
import "./nodeHost.host";
