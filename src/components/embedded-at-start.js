// A page that another one shows under a sandbox without `allow-same-origin` gets no module scripts, so its labs stay
// recordings. Classic scripts do run there: this one says so, and names the address to open instead.
if (self.origin === 'null' && parent !== self) {
  addEventListener('DOMContentLoaded', () => {
    /** @type {NodeListOf<HTMLElement>} */
    const notes = document.querySelectorAll('[data-embedded]');
    for (const note of notes) {
      const link = document.createElement('a');
      link.href = link.textContent = location.href;
      link.target = '_blank';
      note.append(' ', link);
      note.hidden = false;
    }
  });
}
