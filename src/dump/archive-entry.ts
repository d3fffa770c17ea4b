/** What an archive lists. */
export type ArchiveEntry =
  | { readonly name: string; readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly name: string; readonly kind: 'folder' | 'link' | 'special' };
