/** Adds items to the end of a list; unlike `push(...items)` it takes any number of them. */
export function append<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}

/** The largest of any number of numbers, and at least `least`. */
export function largest(numbers: Iterable<number>, least = 0): number {
  let most = least;
  for (const number of numbers) most = Math.max(most, number);
  return most;
}

/** Puts items in place of `count` items of a list from `first` on, any number of them. */
export function replaceItems<Item>(
  list: Item[],
  first: number,
  count: number,
  items: readonly Item[],
): void {
  const after = list.splice(first).slice(count);
  append(list, items);
  append(list, after);
}
