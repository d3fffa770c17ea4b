/** The JSON Schema of `/index.json`, with what each key means. */
import type { APIRoute } from 'astro';
import { indexJsonSchema } from '../components/machine/index-schema.ts';

export const GET: APIRoute = () => Response.json(indexJsonSchema());
