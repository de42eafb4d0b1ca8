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
