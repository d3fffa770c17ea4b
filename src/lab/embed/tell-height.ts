/** Tells the page around an embed how high it is: by a message of ours, and by WordPress's where it is WordPress that asks. */

export interface HeightOptions {
  readonly lab: string;
  /** What WordPress has given the frame; null where it is not WordPress. */
  readonly secret: () => string | null;
}

/** Tells it now, and whenever it has become another one. Nothing that comes back is listened to. */
export function tellHeight({ lab, secret }: HeightOptions): void {
  let told = 0;
  const tell = (): void => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === told || height === 0) return;
    told = height;
    // The origin around cannot be known, and there is nothing to hide.
    parent.postMessage({ type: 'behind-the-handler:height', version: 1, lab, height }, '*');
    const value = secret();
    if (value !== null) parent.postMessage({ message: 'height', value: height, secret: value }, '*');
  };
  if (parent === self) return;
  new ResizeObserver(tell).observe(document.body);
}
