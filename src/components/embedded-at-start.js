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
