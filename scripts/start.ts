/**
 * What `npm start` does once everything is installed: builds the site when something changed, and serves it. PORT, HOST, SITE
 * and BASE come from the environment. A site that was never built is served as soon as its home pages are there; the rest is
 * built behind them, and a page that is asked for too early comes by itself.
 */
import {
  addressFromEnvironment,
  build,
  buildFirst,
  buildIfChanged,
  BuildFailed,
  DIST,
  FIRST,
  isBuilt,
} from './build.ts';
import { portFromText, PortTaken, serveUntilInterrupted, type Building } from './serve.ts';

try {
  const port = portFromText(process.env.PORT);
  const address = addressFromEnvironment();
  const options = { folder: DIST, base: address.base, port, host: process.env.HOST || null };
  if (isBuilt()) {
    if ((await buildIfChanged(address)) === 'unchanged') console.log('Nothing changed since the last build.');
    await serveUntilInterrupted(options);
  } else {
    await buildFirst(address);
    const building: Building = { first: FIRST, isOver: false };
    await serveUntilInterrupted({ ...options, building }, (url) => {
      console.log('The home pages are there; now every other page is recorded and built.');
      build(address).then(
        () => {
          building.isOver = true;
          console.log(`All pages are there: ${url}`);
        },
        (error: unknown) => {
          // Pages that say that they come would say so for ever.
          console.error(error instanceof BuildFailed ? error.message : error);
          process.exit(1);
        },
      );
    });
    process.exit();
  }
} catch (error) {
  if (!(error instanceof BuildFailed || error instanceof PortTaken || error instanceof RangeError))
    throw error;
  console.error(error.message);
  process.exitCode = 1;
}
