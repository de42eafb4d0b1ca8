import type * as vscode from "vscode";
import { RecentList } from "../recentList";

/** The names of the kernels that were picked last. */
export function recentKernels(memory: vscode.Memento): RecentList<string> {
  return new RecentList(memory, {
    key: "sevStatus.recentKernels",
    most: 5,
    write: (name) => name,
    read: (kept) => (typeof kept === "string" ? kept : null),
  });
}
