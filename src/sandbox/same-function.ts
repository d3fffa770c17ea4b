/** Whether two runs are invocations of the same function on the same runtime: then an environment of one serves the other. */
import type { FunctionSetup } from '../trace/recording.ts';
import type { BroughtDisk } from './pending-run.ts';
import type { Files } from './protocol.ts';

export interface DeployedFunction {
  readonly platform: string;
  readonly brought?: BroughtDisk;
  readonly task: Files;
  /** Files of the platform's disk that are not as the platform has them. */
  readonly image: Files;
  readonly setup: FunctionSetup;
}

/** An edit of a file or of the setup makes another function, as a deployment would; one of the runtime, another platform. */
export function isSameFunction(one: DeployedFunction, other: DeployedFunction): boolean {
  return (
    one.platform === other.platform &&
    one.brought === other.brought &&
    isSameRecord(one.task, other.task, isSameContent) &&
    isSameRecord(one.image, other.image, isSameContent) &&
    one.setup.handler === other.setup.handler &&
    one.setup.suppressInit === other.setup.suppressInit &&
    one.setup.mode === other.setup.mode &&
    one.setup.start === other.setup.start &&
    one.setup.extension === other.setup.extension &&
    one.setup.clock === other.setup.clock &&
    one.setup.timeout === other.setup.timeout &&
    isSameRecord(one.setup.variables, other.setup.variables, Object.is)
  );
}

function isSameRecord<Value>(
  one: Readonly<Record<string, Value>>,
  other: Readonly<Record<string, Value>>,
  isSame: (one: Value, other: Value) => boolean,
): boolean {
  const entries = Object.entries(one);
  return (
    entries.length === Object.keys(other).length &&
    entries.every(([name, value]) => Object.hasOwn(other, name) && isSame(value, other[name] as Value))
  );
}

function isSameContent(one: string | Uint8Array, other: string | Uint8Array): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
