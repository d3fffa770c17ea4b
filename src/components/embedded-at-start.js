if (self.origin === 'null' && parent !== self) {
  // When all has been loaded that was let through: a host may let the labs' modules through, and then they work.
  addEventListener('load', () => {
    if (customElements.get('lab-root')) return;
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
