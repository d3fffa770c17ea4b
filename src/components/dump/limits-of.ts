/** How much the page takes, as its language writes it. */
import { DUMP_LIMITS } from '../../dump/dump-fault.ts';

/** Megabytes packed and unpacked, and files. */
export function limitsOf(language: string): Readonly<Record<'packed' | 'unpacked' | 'files', string>> {
  const { packed, unpacked, files } = DUMP_LIMITS;
  const write = (value: number): string => value.toLocaleString(language);
  return { packed: write(packed / 1e6), unpacked: write(unpacked / 1e6), files: write(files) };
}
