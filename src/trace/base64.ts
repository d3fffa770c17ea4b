/** Bytes that came as base64. By a loop: `Uint8Array.from` takes thirty times as long, and runs may put megabytes. */
export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at);
  return bytes;
}
