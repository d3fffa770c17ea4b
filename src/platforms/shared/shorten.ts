/** A text that is no longer than what a page and a person can take in; what is left out is counted. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit)}… (${String(text.length - limit)} more characters)`;
}
