export type Theme = 'light' | 'dark' | 'system';

const cookie = 'crm.theme';

/** The visitor's choice; kept in a cookie so that the server renders it too. */
export function readTheme(): Theme {
  const value = document.cookie.split('; ').find(part => part.startsWith(`${cookie}=`))?.slice(cookie.length + 1);
  return value === 'light' || value === 'dark' ? value : 'system';
}

export function writeTheme(theme: Theme): void {
  document.cookie = `${cookie}=${theme}; path=/; max-age=31536000; samesite=lax`;
  applyTheme(theme);
}

export function applyTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-bs-theme', dark ? 'dark' : 'light');
}
