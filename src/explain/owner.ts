/** Whose a line or a frame is. */
export type Owner =
  'platform' | 'runtime' | 'yours' | 'library' | 'stdlib' | 'extension' | 'tool' | 'console' | 'unknown';
