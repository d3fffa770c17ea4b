/**
 * What `npm start` does once everything is installed: builds the site when something changed, and
 * serves it. PORT, HOST, SITE and BASE come from the environment.
 */
import { addressFromEnvironment, buildIfChanged, BuildFailed, DIST } from './build.ts';
import { portFromText, PortTaken, serveUntilInterrupted } from './serve.ts';

try {
  const port = portFromText(process.env.PORT);
  const address = addressFromEnvironment();
  if ((await buildIfChanged(address)) === 'unchanged') console.log('Nothing changed since the last build.');
  await serveUntilInterrupted({ folder: DIST, base: address.base, port, host: process.env.HOST || null });
} catch (error) {
  if (!(error instanceof BuildFailed || error instanceof PortTaken || error instanceof RangeError))
    throw error;
  console.error(error.message);
  process.exitCode = 1;
}
