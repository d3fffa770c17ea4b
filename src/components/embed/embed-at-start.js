{
  const { documentElement: page } = document;
  const query = new URLSearchParams(location.search);
  const lang = query.get('lang');
  const theme = query.get('theme');
  const policy = document.querySelector('meta[http-equiv]');
  const narrow = policy?.cloneNode();
  if (policy && narrow instanceof HTMLMetaElement && narrow.content.includes('http: https:')) {
    narrow.content = narrow.content.replaceAll('http: https:', new URL(location.href).origin);
    policy.after(narrow);
  }
  if (theme === 'light' || theme === 'dark') page.dataset.theme = theme;
  if ((lang === 'en' || lang === 'ja') && lang !== page.lang) {
    query.delete('lang');
    const address = new URL(location.href);
    address.pathname = address.pathname.replace(`/${page.lang}/embed/`, `/${lang}/embed/`);
    address.search = query.toString();
    location.replace(address);
  }
}
