/** Where is the token that is wrong in an event? It comes when a browser does not say it. */
import { endsEarly, faultOf, placeOf, type EventFault } from './check-event.ts';

/**
 * Chromium names the token that it met, and of a short text not its place: that is where the longest beginning ends that is
 * right as far as it goes. Other browsers don't say enough to find it.
 */
export function findToken(text: string, message: string): EventFault | null {
  if (!/^Unexpected token .*is not valid JSON$/s.test(message)) return null;
  let right = 0;
  let wrong = text.length;
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    const fault = faultOf(text.slice(0, middle));
    if (fault === null || endsEarly(fault) || fault.includes(` position ${String(middle)}`)) right = middle;
    else wrong = middle;
  }
  return { message, ...placeOf(text, right), offset: right };
}
