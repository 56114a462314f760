/** Whether the time zone database has a zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    // Intl also takes offsets such as +01:00, which know no summer time.
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
