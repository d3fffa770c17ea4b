/**
 * What runs in a page before anything else of it does, as one classic script: each further one costs a hash in the policy.
 *
 * It sets the reader's theme before the page is painted, where storage is allowed. And it looks whether labs can run here. A browser below
 * the floor (README.md) gets no custom element: the page is then what it is without JavaScript, with its styles for that. So is a
 * page whose labs' modules did not come: the network failed, a policy refuses them, or another page shows this one under a sandbox
 * without `allow-same-origin`, where they need a header of the site's host. Each is said in the labs (`data-why`), when all has been
 * loaded that can be.
 */
import floor from '../components/floor-at-start.js?raw';
import theme from '../components/theme/theme-at-start.js?raw';

/** The script, without what is written for those who check it. */
export const floorAtStart = floor.replaceAll(/\/\*.*\*\/\n\s*/g, '');

/** What every page of the site has. */
export const atStart = `${theme}${floorAtStart}`;
