import * as vscode from "vscode";
import { withoutLinks } from "./withoutLinks";

/** Shorter work shows no notification. */
const MOMENT_MS = 400;

/** A progress notification with a Cancel button, for work that takes longer than a moment. */
export class SlowProgress {
  #progress: vscode.Progress<{ increment: number }> | null = null;
  #shown = 0;

  /** How much is done, from 0 to 1. */
  report(share: number): void {
    const percent = Math.min(100, share * 100);
    this.#progress?.report({ increment: percent - this.#shown });
    if (this.#progress !== null) this.#shown = percent;
  }

  /** Settles with `done`, and shows the notification while that takes long. `cancel` is called at most once. */
  async show(title: string, done: Promise<void>, cancel: () => void): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const moment = new Promise<"slow">((resolve) => {
      timer = setTimeout(resolve, MOMENT_MS, "slow");
    });
    const first = await Promise.race([done, moment]).finally(() => {
      clearTimeout(timer);
    });
    if (first !== "slow") return;
    const location = vscode.ProgressLocation.Notification;
    await vscode.window.withProgress(
      { location, title: withoutLinks(title), cancellable: true },
      async (progress, token) => {
        this.#progress = progress;
        const cancelled = token.onCancellationRequested(cancel);
        try {
          await done;
        } finally {
          cancelled.dispose();
          this.#progress = null;
        }
      },
    );
  }
}
