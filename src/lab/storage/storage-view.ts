/** A file or an object, opened below its list: its text, or the head of its bytes with a sentence on what they are. */
import { cutText } from '../cut-text.ts';
import { bytesToHexHead, bytesToTextOrNull } from './hex-head.ts';
import type { DiskFile, BucketObject } from './storage.ts';
import { isolated } from '../../trace/unseen.ts';
import { nameToNodes, textToNodes } from '../marks.ts';
import { fill, sizeToText, type StorageWords } from '../words.ts';

/** Characters of a text that are shown: the whole is for downloading. */
const MAX_SHOWN = 200_000;

/** Bytes of which they are: an object may have a hundred million. */
const MAX_READ = 4 * MAX_SHOWN;

/** Characters of what an object says of itself, and texts of its metadata: S3 takes two kilobytes of them. */
const MAX_ABOUT = 300;
const MAX_METADATA = 100;

/** Shows `stored` in `place`; `bytes` null when they are nowhere. `close` is called by its button and by Escape. */
export function showStored(
  place: HTMLElement,
  stored: DiskFile | BucketObject,
  bytes: Uint8Array | null,
  { words, language, close }: { words: StorageWords; language: string; close: () => void },
): void {
  const { ownerDocument: document } = place;
  const head = document.createElement('p');
  head.className = 'sheet-about lab-storage-head';
  const name = document.createElement('code');
  name.className = 'sheet-path';
  name.translate = false;
  const path = 'from' in stored ? stored.path : `${stored.bucket}/${stored.key}`;
  name.append(...nameToNodes(path));
  const size = document.createElement('span');
  size.textContent = sizeToText(stored.size, language);
  const closer = document.createElement('button');
  closer.type = 'button';
  closer.className = 'button is-quiet lab-close';
  closer.textContent = words.close;
  closer.addEventListener('click', close);
  head.append(name, size, closer);
  const parts: HTMLElement[] = [head];
  const text = bytes === null ? null : bytesToTextOrNull(bytes, MAX_READ);
  for (const sentence of storedToSentences(stored, bytes, text !== null, words)) {
    const paragraph = document.createElement('p');
    paragraph.className = 'sheet-note';
    paragraph.textContent = sentence;
    parts.push(paragraph);
  }
  if (bytes !== null && bytes.length > 0) {
    const block = document.createElement('pre');
    block.className = 'lab-payload lab-storage-text';
    block.tabIndex = 0;
    block.setAttribute('role', 'group');
    block.setAttribute('aria-label', isolated(path));
    block.translate = false;
    block.append(...textToNodes(text?.slice(0, MAX_SHOWN) ?? bytesToHexHead(bytes)));
    parts.push(block);
  }
  place.replaceChildren(...parts);
  place.hidden = false;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: 'nearest' });
}

function storedToSentences(
  stored: DiskFile | BucketObject,
  bytes: Uint8Array | null,
  isText: boolean,
  words: StorageWords,
): readonly string[] {
  const sentences: string[] = [];
  if (!('from' in stored)) {
    const { type, etag, metadata } = stored.about;
    sentences.push(fill(words.about, { type: cutText(type, MAX_ABOUT), etag: cutText(etag, MAX_ABOUT) }));
    const texts = Object.entries(metadata).slice(0, MAX_METADATA);
    const all = texts.map(([name, text]) => `${name}=${cutText(text, MAX_ABOUT)}`).join(', ');
    if (all !== '') sentences.push(fill(words.metadata, { metadata: all }));
  }
  if (bytes === null) sentences.push(words.tooLarge);
  else if (bytes.length === 0) sentences.push(words.empty);
  else if (!isText) {
    const name = 'from' in stored ? stored.path : stored.key;
    sentences.push(name.endsWith('.so') ? words.native : words.binary);
  }
  return sentences;
}
