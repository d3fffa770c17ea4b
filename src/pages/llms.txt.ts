/** What the site has, for language models, in the language that others are translated from. */
import type { APIRoute } from 'astro';
import { llmsResponse } from '../components/machine/llms-response.ts';

export const GET: APIRoute = ({ site }) => llmsResponse('en', site);
