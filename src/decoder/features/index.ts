export * from "./names";
export * from "./registers";
export * from "./row";
export * from "./sources";
export { FEATURES } from "./table";
