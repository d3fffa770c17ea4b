/**
 * Who said what to whom? The crossings of an invocation as the rows of a sequence diagram: messages between the
 * service and the process, the calls into the handler's code and what came back, and the phases that all of it
 * fell into. A row keeps the index of its event, so that a moment can be shown on it.
 */
import type { Locals, Party, Phase, TraceEvent } from './format.ts';

export type Lane = Party;

/** Everyone who may have a line in the diagram, from the outermost. */
const LANES: readonly Lane[] = ['caller', 'service', 'bootstrap', 'handler'];

export type MessageRow =
  | { readonly kind: 'phase'; readonly at: number; readonly phase: Phase }
  /** `body` is what the trace kept of it. */
  | Crossing<'message'>
  /** The handler's module is imported, or its function is called; `body` names what it is called with. */
  | Crossing<'call'>
  /** It comes back, with a value or with an exception that passes through; `what` is whose call it was. */
  | Crossing<'return'>
  | Crossing<'raise'>
  /** The trace ends here although the run went on. */
  | { readonly kind: 'cut'; readonly at: number };

interface Crossing<Kind extends string> {
  readonly kind: Kind;
  /** The index of the event that it is drawn from. */
  readonly at: number;
  readonly from: Lane;
  readonly to: Lane;
  readonly what: string;
  readonly body: string;
}

/** The frame with which the handler's code was entered: what it calls in turn is its own affair. */
interface Entered {
  readonly frame: number;
  readonly caller: number | null;
  /** Who started it: the platform itself where no frame lies beneath. */
  readonly by: 'service' | 'bootstrap';
  readonly name: string;
  /** The exception that is on its way out of it, as long as nothing shows that it was caught. */
  error: string | null;
}

/** The rows of some events, which begin with the environment's or the run's first. */
export function eventsToMessages(events: readonly TraceEvent[]): readonly MessageRow[] {
  const messages = new Messages();
  for (const event of events) messages.add(event);
  return messages.rows;
}

/** The rows of a run that goes on: each event is read once. */
export class Messages {
  readonly #rows: MessageRow[] = [];
  #at = 0;
  #entered: Entered | null = null;
  /** The frame that the handler's code has just come back to. */
  #awaiting: number | null = null;

  /** The same array at every call, which grows; only its last row may become another one. */
  get rows(): readonly MessageRow[] {
    return this.#rows;
  }

  /** The run's next event. */
  add(event: TraceEvent): void {
    const at = this.#at;
    this.#at += 1;
    switch (event.kind) {
      case 'phase':
        this.#rows.push({ kind: 'phase', at, phase: event.phase });
        break;
      case 'message': {
        const { from, to, what, body } = event;
        this.#rows.push({ kind: 'message', at, from, to, what, body });
        break;
      }
      case 'call':
        this.#awaiting = null;
        if (this.#entered !== null || event.owner !== 'handler') break;
        this.#entered = enter(event);
        this.#rows.push({
          kind: 'call',
          at,
          from: this.#entered.by,
          to: 'handler',
          what: event.name,
          body: argumentsToText(event),
        });
        break;
      case 'line':
        if (this.#entered?.frame === event.frame) this.#entered.error = null;
        if (this.#awaiting === event.frame) this.#awaiting = null;
        break;
      case 'raise':
        if (this.#entered?.frame === event.frame) this.#entered.error = event.error;
        // A `finally` runs lines after the exception, so only its caller knows that it came out.
        if (this.#awaiting === event.frame) correctLast(this.#rows, event.error);
        this.#awaiting = null;
        break;
      case 'return': {
        if (this.#entered?.frame !== event.frame) break;
        const { name: what, by: to, error } = this.#entered;
        this.#rows.push(
          error === null
            ? { kind: 'return', at, from: 'handler', to, what, body: event.value }
            : { kind: 'raise', at, from: 'handler', to, what, body: error },
        );
        this.#awaiting = this.#entered.caller;
        this.#entered = null;
        break;
      }
      case 'cut':
        if (event.what === 'events') this.#rows.push({ kind: 'cut', at });
        break;
      case 'output':
      case 'absence':
      case 'note':
      case 'bucket':
      case 'object':
      case 'file':
        break;
      default:
        event satisfies never;
    }
  }
}

/**
 * The parties with a line in the diagram of these rows, from the outermost: a caller only where the service is called, and no bootstrap
 * where the handler's code is the process.
 */
export function lanesOf(rows: readonly MessageRow[]): readonly Lane[] {
  const crossings = rows.flatMap((row) => ('from' in row ? [row.from, row.to] : []));
  return LANES.filter((lane) => {
    if (crossings.includes(lane)) return true;
    return lane === 'bootstrap' ? !crossings.includes('handler') : lane !== 'caller';
  });
}

function enter({ frame, caller, name }: Extract<TraceEvent, { kind: 'call' }>): Entered {
  return { frame, caller, by: caller === null ? 'service' : 'bootstrap', name, error: null };
}

function correctLast(rows: MessageRow[], error: string): void {
  const last = rows.at(-1);
  if (last?.kind === 'return') rows[rows.length - 1] = { ...last, kind: 'raise', body: error };
}

/** Characters of arguments that are written down: a call may have thousands of them. */
const MAX_ARGUMENTS = 65_536;

/** As Python would write the arguments: the first locals of a frame are its parameters. A module has none. */
function argumentsToText({ name, locals }: { readonly name: string; readonly locals: Locals }): string {
  if (name === '<module>') return '';
  let text = '';
  for (const [argument, value] of Object.entries(locals)) {
    if (text.length > MAX_ARGUMENTS) return `${text}, …`;
    text += `${text === '' ? '' : ', '}${argument}=${value}`;
  }
  return text;
}
