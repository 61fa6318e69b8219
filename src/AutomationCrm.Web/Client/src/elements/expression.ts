import { post } from '../lib/http';

interface Assistance {
  readonly start: number;
  readonly length: number;
  readonly items: readonly { readonly label: string; readonly insert: string; readonly kind: string; readonly title: string }[];
  readonly problems: readonly { readonly message: string; readonly position: number; readonly length: number }[];
}

type Field = HTMLInputElement | HTMLTextAreaElement;

const pause = 180;
let made = 0;

/**
 * <crm-expression> around a text field: proposes fields, results and functions after "{=" or in a formula, and says what is wrong
 * and where. The proposals are a list box that the field owns (WAI-ARIA combobox); asked at data-assist-url of the form.
 */
class ExpressionElement extends HTMLElement {
  private list: HTMLUListElement | undefined;
  private problems: HTMLElement | undefined;
  private timer = 0;
  private last: Assistance | undefined;
  private active = -1;
  private readonly number = ++made;

  connectedCallback(): void {
    this.addEventListener('input', () => this.later());
    this.addEventListener('click', () => this.later());
    this.addEventListener('keydown', event => this.onKey(event));
    this.addEventListener('focusout', () => this.close());
  }

  private get field(): Field {
    return this.querySelector<Field>('input, textarea')!;
  }

  private get url(): string | undefined {
    return this.closest<HTMLElement>('[data-assist-url]')?.dataset['assistUrl'];
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), pause);
  }

  private async ask(): Promise<void> {
    const field = this.field;
    const written = field.value;
    const position = field.selectionStart ?? written.length;
    if (!this.url || !/[{=]/.test(written)) {
      this.show([]);
      this.tell([]);
      return;
    }
    const answer = await post<Assistance>(this.url, { text: written, position: String(position) }).catch(() => undefined);
    if (!answer || field.value !== written) return;
    this.last = answer;
    this.show(document.activeElement === field && inExpression(written, position) ? answer.items : []);
    // While proposals are open the text is unfinished: what is wrong with it is not told yet.
    this.tell(this.isOpen ? [] : answer.problems);
  }

  private get isOpen(): boolean {
    return this.list !== undefined && !this.list.hidden;
  }

  private show(items: Assistance['items']): void {
    if (items.length === 0) return this.close();
    const list = this.list ??= this.make();
    list.replaceChildren(...items.map((item, i) => this.option(item, i)));
    list.hidden = false;
    this.field.setAttribute('aria-expanded', 'true');
    this.choose(0);
  }

  private make(): HTMLUListElement {
    const list = document.createElement('ul');
    list.id = `assist-${this.number}`;
    list.className = 'assist-list';
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', this.field.getAttribute('aria-label') ?? this.field.labels?.[0]?.textContent ?? '');
    list.addEventListener('mousedown', event => event.preventDefault());
    this.field.setAttribute('role', 'combobox');
    this.field.setAttribute('aria-autocomplete', 'list');
    this.field.setAttribute('aria-controls', list.id);
    this.append(list);
    return list;
  }

  private option(item: Assistance['items'][number], i: number): HTMLLIElement {
    const option = document.createElement('li');
    option.id = `assist-${this.number}-${i}`;
    option.setAttribute('role', 'option');
    const title = document.createElement('span');
    title.textContent = item.title || item.label;
    const code = document.createElement('code');
    code.textContent = item.label;
    option.append(title, code);
    option.addEventListener('click', () => this.insert(i));
    return option;
  }

  private choose(i: number): void {
    const options = [...this.list!.children] as HTMLElement[];
    this.active = (i + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute('aria-selected', String(at === this.active)));
    this.field.setAttribute('aria-activedescendant', options[this.active]!.id);
    options[this.active]!.scrollIntoView({ block: 'nearest' });
  }

  private close(): void {
    if (!this.list) return;
    this.list.hidden = true;
    this.field.setAttribute('aria-expanded', 'false');
    this.field.removeAttribute('aria-activedescendant');
    this.tell(this.last?.problems ?? []);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      void this.ask();
    }
    if (!this.isOpen) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.choose(this.active + (event.key === 'ArrowDown' ? 1 : -1));
    else if (event.key === 'Enter' || event.key === 'Tab') this.insert(this.active);
    else if (event.key === 'Escape') this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private insert(i: number): void {
    const item = this.last?.items[i];
    if (!item || !this.last) return;
    this.field.setRangeText(item.insert, this.last.start, this.last.start + this.last.length, 'end');
    this.close();
    this.field.dispatchEvent(new Event('input', { bubbles: true }));
    this.field.focus();
  }

  private tell(problems: Assistance['problems']): void {
    if (problems.length === 0 && !this.problems) return;
    if (!this.problems) {
      this.problems = document.createElement('p');
      this.problems.className = 'assist-problem';
      this.problems.id = `assist-problem-${this.number}`;
      this.problems.setAttribute('role', 'status');
      this.append(this.problems);
      this.field.setAttribute('aria-describedby', [this.field.getAttribute('aria-describedby'), this.problems.id].filter(Boolean).join(' '));
    }
    this.problems.textContent = problems.map(problem => `${place(this.field.value, problem)}${problem.message}`).join(' ');
    this.field.classList.toggle('is-invalid', problems.length > 0);
    this.problems.hidden = problems.length === 0;
  }
}

/** Whether the caret stands inside a placeholder or a formula; right after a finished one nothing is proposed. */
function inExpression(written: string, position: number): boolean {
  const before = written.slice(0, position);
  return written.startsWith('=') || before.lastIndexOf('{=') > before.lastIndexOf('}') || before.endsWith('{') || before.lastIndexOf('{{=') > before.lastIndexOf('}}');
}

/** The part of the text that a problem is about, so that it can be found. */
function place(written: string, problem: Assistance['problems'][number]): string {
  const part = written.slice(problem.position, problem.position + problem.length);
  return part && part !== written && part.length < 60 ? `${problem.position + 1}: ${part} · ` : '';
}

customElements.define('crm-expression', ExpressionElement);
