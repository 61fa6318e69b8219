const wait = 300;

/**
 * <crm-filter data-target="#list"> around a GET form: a change fetches the page with the new filter, swaps the target
 * and keeps the filter in the address. Without script the form's own button does the same.
 */
class FilterElement extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    this.addEventListener('input', event => this.later((event.target as HTMLElement).matches('select, [type=checkbox], [type=radio], [type=date]') ? 0 : wait));
    this.addEventListener('submit', event => {
      event.preventDefault();
      this.later(0);
    });
    this.addEventListener('reset', () => this.later(0));
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.apply(), ms);
  }

  private apply(): void {
    const form = this.querySelector('form');
    const target = this.dataset['target'];
    if (!form || !target) return;
    const url = new URL(form.action, location.href);
    url.search = '';
    for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value !== '') url.searchParams.append(name, value);
    const path = url.pathname + url.search;
    void window.htmx.ajax('GET', path, { source: this, target, select: target, swap: 'outerHTML', replace: path });
  }
}

customElements.define('crm-filter', FilterElement);
