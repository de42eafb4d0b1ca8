import type { Phrase, Span } from "../../decoder/report/phrase";
import { visible } from "../../decoder/text/visible";

type Child = Node | string;
/** Children may be nested lists: a call can take only so many arguments. */
type Children = readonly (Child | readonly Child[])[];

/** Creates an element. Text stays text: nothing here parses HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Children
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(fragmentOf(children));
  return made;
}

/** Children in their order, to be put into an element at once. */
export function fragmentOf(children: Children): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const child of children.flat()) fragment.append(child);
  return fragment;
}

/** A phrase's spans as text, `<code>` and `<strong>`; a character that a screen would obey is shown as its number. */
export function phraseNodes(phrase: Phrase): Child[] {
  return phrase.map(spanNode);
}

function spanNode({ kind, text }: Span): Child {
  return kind === "text" ? visible(text) : element(kind, {}, visible(text));
}

const filledWith = new WeakMap<Element, string>();

/**
 * Gives an element its children, unless `content`, which they are made from, is what they show already: what the user
 * has selected stays selected, and a live region is read aloud once only.
 */
export function fill<T>(
  parent: Element,
  content: T,
  children: (content: T) => readonly Child[],
): void {
  const key = JSON.stringify(content);
  if (filledWith.get(parent) === key) return;
  filledWith.set(parent, key);
  parent.replaceChildren(fragmentOf(children(content)));
}
