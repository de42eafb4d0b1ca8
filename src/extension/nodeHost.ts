import type * as vscode from "vscode";
import { logFileChunks, readProblem } from "../logFile/logFile";
import { start } from "./extension";

/** The entry in the Node host, which reads files of any size beside what every host does. */
export function activate(context: vscode.ExtensionContext): void {
  start(context, { chunks: logFileChunks, problem: readProblem });
}
