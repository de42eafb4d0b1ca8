import type * as vscode from "vscode";
import type { ValueArgument } from "../../commands/argument";
import { argumentFor, valueArgument } from "../../commands/argument";
import { RecentList } from "../../recentList";

/** The values that the feature table has shown. */
export function tableMemory(memory: vscode.Memento): RecentList<ValueArgument> {
  return new RecentList(memory, {
    key: "sevStatus.featureTable.values",
    most: 20,
    write: ({ register, value }) => argumentFor({ register, value }),
    read: valueArgument,
  });
}
