/** The file that a handler's name leads to, as far as the name says so. */

/**
 * The paths below the function's folder of which one has to be there for a name like `module.function`, slashes and points
 * alike; none where the name has no module in it, as on platforms that begin with a file of a fixed name, nor where one of
 * the module's parts is empty, which leads to no file.
 */
export function handlerToFiles(handler: string): readonly string[] {
  if (handler.endsWith('.py')) return [handler];
  const end = handler.lastIndexOf('.');
  if (end <= 0) return [];
  const module = handler.slice(0, end).replaceAll('.', '/');
  if (module.split('/').includes('')) return [];
  return [`${module}.py`, `${module}/__init__.py`];
}

/** The handler after one of its files was renamed (names below the function's folder); as it was where that was another file. */
export function followRename(handler: string, from: string, to: string): string {
  if (!handlerToFiles(handler).includes(from) || !to.endsWith('.py')) return handler;
  if (handler.endsWith('.py')) return to;
  const module = to.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
  return `${module}${handler.slice(handler.lastIndexOf('.'))}`;
}
