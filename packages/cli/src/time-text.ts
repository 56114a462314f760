/** A moment to the second, for lines that a log keeps: `2027-01-04T12:00:00Z`. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, '');
}
