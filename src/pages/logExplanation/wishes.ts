import type { LogLink, LogPlace } from "../../decoder/report/boot/story/view";
import { visible } from "../../decoder/text/visible";
import { element } from "../shared/dom";

/** What parts of the page ask for. */
export interface Wishes {
  readonly reveal: (place: LogPlace) => void;
  readonly details: (id: string) => void;
  readonly copy: (id: string) => void;
}

/** A button that reads like a link and leads to a place of the log. */
export function placeLink({ label, ...place }: LogLink, { reveal }: Wishes): HTMLElement {
  return linkButton(visible(label), () => {
    reveal(place);
  });
}

export function linkButton(label: string, act: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: "link" }, label);
  made.addEventListener("click", act);
  return made;
}

/** A plain button. */
export function pushButton(label: string, act: () => void): HTMLButtonElement {
  const made = element("button", { type: "button" }, label);
  made.addEventListener("click", act);
  return made;
}
