/**
 * How a bootstrap of 3.6 or 3.7 calls its native module `runtime`: the interface grew from month to month, and a dump does not say
 * of which month it is (`RUNTIMES.md` (a) of the facts). Its own calls tell.
 */

/** What every one of these may call, besides what there was in 2016. */
const FUNCTIONS = [
  'receive_start',
  'receive_invoke',
  'report_running',
  'report_user_init_start',
  'report_user_init_end',
  'report_user_invoke_start',
  'report_user_invoke_end',
  'report_fault',
  'report_done',
  'report_xray_exception',
  'log_bytes',
  'log_sb',
  'send_console_message',
  'get_remaining_time',
];

/** The functions of the module that there are. Others are not made up: a call of one is told. */
export function reportedFunctions(source: string): readonly string[] {
  return /\breceive_start\b/.test(source) ? FUNCTIONS : [];
}

/** What the caller takes of an answer: the parts that each of these may have, in the order of the time. */
const ANSWERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  recv_start: [['request', 'mode', 'handler', 'suppress', 'credentials']],
  receive_start: [
    ['request', 'mode', 'handler', 'suppress', 'credentials'],
    ['request', 'mode', 'handler', 'suppress', 'throttled', 'credentials'],
  ],
  receive_invoke: [
    ['request', 'socket', 'credentials', 'event', 'context', 'arn'],
    ['request', 'socket', 'credentials', 'event', 'context', 'arn', 'trace'],
    ['request', 'socket', 'credentials', 'event', 'context', 'arn', 'trace', 'parent', 'sampled'],
  ],
};

/** How a caller's name for a part gives it away, where the order alone does not. */
const TELLING: readonly (readonly [RegExp, string])[] = [
  [/throttl/i, 'throttled'],
  [/cred/i, 'credentials'],
  [/suppress/i, 'suppress'],
  [/arn/i, 'arn'],
  [/sock/i, 'socket'],
  [/context|client|cognito/i, 'context'],
  [/parent/i, 'parent'],
  [/sampl/i, 'sampled'],
  [/x_?ray|trace/i, 'trace'],
  [/event|body/i, 'event'],
  [/handler/i, 'handler'],
  [/mode/i, 'mode'],
  [/invoke_?id|request_?id/i, 'request'],
];

/** For each function whose answer this source takes apart, the names of the parts in the caller's order. */
export function receivedNames(source: string): Record<string, readonly string[]> {
  const asks: Record<string, readonly string[]> = {};
  for (const [name, forms] of Object.entries(ANSWERS)) {
    const call = String.raw`\s*=\s*(?:\w+\.)?${name}\s*\(`;
    const taken =
      new RegExp(String.raw`\(([^()=]+)\)${call}`).exec(source) ??
      new RegExp(String.raw`^[ \t]*([\w.,\t ]+?)${call}`, 'm').exec(source);
    const names = (taken?.[1] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    const usual = forms.find((form) => form.length === names.length) ?? forms.at(-1) ?? [];
    if (names.length < 2) {
      // Handed on whole: what there was last, in its usual order.
      if (new RegExp(String.raw`\b${name}\b`).test(source)) asks[name] = forms.at(-1) ?? [];
      continue;
    }
    const told = names.map((part) => TELLING.find(([pattern]) => pattern.test(part))?.[1] ?? null);
    const isTold = told.every((part) => part !== null) && new Set(told).size === told.length;
    asks[name] = isTold ? told.map(String) : usual;
  }
  // Either form was seen; a source that takes neither apart gets the names.
  const isTuple = /=\s*\w*cred\w*\s*$|\w*cred\w*\[[012]\]/im.test(source);
  if (!isTuple)
    for (const [name, parts] of Object.entries(asks))
      asks[name] = parts.map((part) => (part === 'credentials' ? 'namedCredentials' : part));
  return asks;
}
