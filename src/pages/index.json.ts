/** Everything on the site that has an address, for programs. */
import type { APIRoute } from 'astro';
import { siteIndex } from '../components/machine/site-index.ts';

export const GET: APIRoute = async ({ site }) => Response.json(await siteIndex(site));
