if (self.origin === 'null' && parent !== self) {
  addEventListener('load', () => {
    if (customElements.get('lab-root')) return;
    for (const note of document.querySelectorAll('[data-embedded]')) {
      const link = document.createElement('a');
      link.href = link.textContent = location.href;
      link.target = '_blank';
      note.append(' ', link);
      note.removeAttribute('hidden');
    }
  });
}
