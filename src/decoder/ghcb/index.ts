/** GHCB: exit codes and their operands, the MSR protocol, termination reasons and error codes. */
export * from "./errors";
export * from "./exit";
export { EXIT_CODES, exitCodeByValue } from "./exitCodes";
export * from "./exitReturn";
export { bits, decodeFields, type DecodedField } from "./fields";
export * from "./hvFeatures";
export * from "./msrProtocol";
export { MSR_MESSAGES } from "./msrRequests";
export { SOURCES, type Doubt } from "./provenance";
export * from "./termination";
export { reasonCauses, type TerminationChannel } from "./terminationCauses";
export { TERMINATION_REASONS } from "./terminationReasons";
