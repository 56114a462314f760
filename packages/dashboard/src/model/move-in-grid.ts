/**
 * Where a key leads in a grid whose cells flow as they find room.
 * @param tops where each cell begins, from top to bottom: those of a line are the same
 * @returns undefined for a key that leads nowhere
 */
export function moveInGrid(key: string, at: number, tops: readonly number[]): number | undefined {
  const last = tops.length - 1;
  const columns = Math.max(1, tops.filter((top) => top === tops[0]).length);
  const to = (index: number): number => Math.min(last, Math.max(0, index));
  switch (key) {
    case 'ArrowRight':
      return to(at + 1);
    case 'ArrowLeft':
      return to(at - 1);
    case 'ArrowDown':
      return at + columns > last ? at : at + columns;
    case 'ArrowUp':
      return at - columns < 0 ? at : at - columns;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
