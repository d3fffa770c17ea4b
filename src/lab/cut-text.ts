/** A text, or its beginning with an ellipsis where it has more characters than `limit`. */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}
