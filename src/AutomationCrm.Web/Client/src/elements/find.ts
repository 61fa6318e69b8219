/** <crm-find> around a search field: hides the menu items of its menu that do not hold the words, and groups without any. */
class FindElement extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('input')?.addEventListener('input', event => this.find((event.target as HTMLInputElement).value));
  }

  private find(typed: string): void {
    const words = typed.toLocaleLowerCase().split(/\s+/).filter(word => word !== '');
    const scope = this.closest('[data-find-in], .menu') ?? this.parentElement!;
    for (const item of scope.querySelectorAll<HTMLElement>('.menu-item, [data-find]')) {
      const text = (item.textContent ?? '').toLocaleLowerCase();
      item.hidden = !words.every(word => text.includes(word));
    }
    for (const group of scope.querySelectorAll<HTMLElement>('[role=group]')) group.hidden = group.querySelector('.menu-item:not([hidden]), [data-find]:not([hidden])') === null;
  }
}

customElements.define('crm-find', FindElement);
