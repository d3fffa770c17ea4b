/** Is a query a line of a log, or a part of a traceback? Then the page that explains lines is offered for it. */

/** Characters that a line has at least: shorter texts are words to look for. */
const A_LINE = 20;

const FORMS = [
  /\b(?:START|END|REPORT|INIT_START|INIT_REPORT|RESTORE_START|RESTORE_REPORT)\b.*(?:RequestId|Runtime Version|Duration)/,
  /\bRequestId: ?[0-9a-f]{8}-[0-9a-f-]{27}/i,
  /\[(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\]\s/,
  /Traceback \(most recent call last\)|File "[^"]+", line \d+/,
  /["“]error(?:Message|Type)["”]|["“]stackTrace["”]|["“]type["”]: ?["“]platform\./,
  /["'“](?:LogResult|FunctionError|StatusCode)["'”]: /,
  /\bFile .{1,3}\/\S+\.py\b.{1,3} line \d+/,
  /Execution failed due to|Malformed Lambda proxy response/,
  /timed out after \d|Runtime exited|Process exited before|Unable to import module/,
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/,
] as const;

/** Whether a query, its lines put together, has the form of one. */
export function isLogLike(query: string): boolean {
  return query.trim().length >= A_LINE && FORMS.some((form) => form.test(query));
}
