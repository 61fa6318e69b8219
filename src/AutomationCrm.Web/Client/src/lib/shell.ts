import htmx from 'htmx.org';

/** The frame's behaviour: phone navigation, "/" for the search box, the thin line while a request runs. */
export function startShell(): void {
  navigation();
  searchKey();
  busyLine();
}

function navigation(): void {
  const sidebar = document.getElementById('sidebar');
  const opener = document.querySelector<HTMLElement>('.nav-open');
  if (!sidebar || !opener) return;
  const rest = [document.querySelector('.topbar'), document.getElementById('main')];
  const set = (open: boolean) => {
    sidebar.classList.toggle('open', open);
    opener.setAttribute('aria-expanded', String(open));
    rest.forEach(part => part?.toggleAttribute('inert', open));
    if (open) sidebar.querySelector<HTMLElement>('.nav-close')?.focus();
    else opener.focus();
  };
  opener.setAttribute('role', 'button');
  opener.setAttribute('aria-expanded', 'false');
  opener.addEventListener('click', event => {
    event.preventDefault();
    set(true);
  });
  document.querySelectorAll('.nav-close, .nav-backdrop').forEach(part => part.addEventListener('click', event => {
    event.preventDefault();
    set(false);
  }));
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && sidebar.classList.contains('open')) set(false);
  });
  matchMedia('(width >= 62rem)').addEventListener('change', () => sidebar.classList.contains('open') && set(false));
}

function searchKey(): void {
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.target as Element).closest('input, textarea, select, [contenteditable]')) return;
    const box = document.querySelector<HTMLInputElement>('.search input');
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

function busyLine(): void {
  const line = document.querySelector('.bar-busy');
  let running = 0;
  const change = (by: number) => line?.classList.toggle('on', (running = Math.max(0, running + by)) > 0);
  htmx.on('htmx:before:request', () => void change(1));
  htmx.on('htmx:finally:request', () => void change(-1));
}
