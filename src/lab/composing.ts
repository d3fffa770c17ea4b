/** Fields of names and values, and the input methods by which people write into them. */

/** The key is an input method's: it chooses or drops what is being composed. Safari says so of Enter by the number alone. */
export function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is nothing else that Safari tells it by
  return event.isComposing || event.keyCode === 229;
}

/** A field for names and values takes what is typed: nothing is made upper case, corrected or remembered for another one. */
export function takeAsTyped(field: HTMLInputElement): void {
  for (const name of ['autocomplete', 'autocapitalize', 'autocorrect']) field.setAttribute(name, 'off');
  field.spellcheck = false;
}
