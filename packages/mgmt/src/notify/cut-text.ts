/** A text of so many characters at the most; what is cut ends with an ellipsis, and never within a character. */
export function cutText(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}
