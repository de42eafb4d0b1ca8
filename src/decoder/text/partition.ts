/** How many of the first items of a list something holds for, that holds for none after them: found by halving. */
export function countWhile<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let first = 0;
  let beyond = items.length;
  while (first < beyond) {
    const middle = (first + beyond) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) first = middle + 1;
    else beyond = middle;
  }
  return first;
}
