// Runs before the page is painted, so that a chosen theme does not flash in. Storage may be forbidden.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Then the system's theme stands.
}
