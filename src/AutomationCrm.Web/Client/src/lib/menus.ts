const gap = 4;

/** Places <div class="menu" popover> beside its button and walks it by arrow keys. Without script the browser centres it. */
export function startMenus(): void {
  document.addEventListener('click', event => {
    const opener = (event.target as Element).closest<HTMLButtonElement>('button[popovertarget]');
    const menu = opener && document.getElementById(opener.getAttribute('popovertarget')!);
    if (!opener || !menu?.classList.contains('menu')) return;
    event.preventDefault();
    if (menu.togglePopover()) {
      place(menu, opener);
      const field = menu.querySelector<HTMLElement>('input:not([type=hidden])');
      if (field) field.focus();
      else if (event.detail === 0) items(menu)[0]?.focus();
    }
  });

  document.addEventListener('keydown', event => {
    const menu = (event.target as Element).closest<HTMLElement>('.menu[popover]');
    if (menu && ['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key) && !(event.target as Element).matches('input, select, textarea')) walk(menu, event);
  });

  document.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    if (form.dataset['keepOpen'] === undefined) form.closest<HTMLElement>('.menu:popover-open')?.hidePopover();
  });
  window.addEventListener('resize', () => document.querySelectorAll<HTMLElement>('.menu:popover-open').forEach(menu => menu.hidePopover()));
}

function place(menu: HTMLElement, opener: HTMLElement): void {
  menu.dataset['placed'] = '';
  const from = opener.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = from.bottom + gap + size.height <= innerHeight - gap;
  const top = below ? from.bottom + gap : Math.max(gap, Math.min(from.top - gap - size.height, innerHeight - gap - size.height));
  const left = from.left + size.width <= innerWidth - gap ? from.left : Math.max(gap, from.right - size.width);
  menu.style.setProperty('--menu-top', `${Math.round(top)}px`);
  menu.style.setProperty('--menu-left', `${Math.round(left)}px`);
}

function walk(menu: HTMLElement, event: KeyboardEvent): void {
  const all = items(menu);
  const here = all.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: here + 1, ArrowUp: here < 0 ? all.length - 1 : here - 1, Home: 0, End: all.length - 1 }[event.key] ?? 0;
  event.preventDefault();
  all[(next + all.length) % all.length]?.focus();
}

function items(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('.menu-item:not(:disabled)')];
}
