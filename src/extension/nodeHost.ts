import type * as vscode from "vscode";
import { logFileChunks, readProblem } from "../logFile/logFile";
import { start } from "./extension";

/** The entry in the Node host, which can also read files of any size. */
export function activate(context: vscode.ExtensionContext): void {
  start(context, { chunks: logFileChunks, problem: readProblem });
}
