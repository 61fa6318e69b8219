import { columnBeside, DragLists, stageOf } from '../lib/columns';
import { announce, refresh, toast, type ToastDetail } from '../lib/events';
import { get, post, Problem } from '../lib/http';
import { RowSelection } from '../lib/row-selection';
import { text } from '../lib/texts';

/** Added robots raise a question, which stands at askUrl. */
interface Arranged extends Partial<ToastDetail> {
  readonly askUrl?: string | null;
}

/**
 * <crm-robots data-arrange-url>: robots are put in order and moved between stages by drag, touch or Alt+arrows; the menu
 * of a robot does the same without script. A change shows at once, is posted as from, fromVersion, to, toVersion, key,
 * before, and goes back with the server's reason when it is refused. Shift selects a row of robots.
 */
class RobotsElement extends HTMLElement {
  private readonly drag = new DragLists(this, {
    lists: '[data-robots]',
    cards: '.robot-card',
    still: '.card-menu, .menu, input',
    sort: true,
    dropped: (card, from, to, goBack) => void this.send(card, from, to, goBack),
  });

  private readonly selection = new RowSelection(this, '.robot-check', box => [...stageOf(box).querySelectorAll<HTMLInputElement>('.robot-check')]);

  connectedCallback(): void {
    this.drag.arrange();
    this.addEventListener('htmx:after:settle', () => this.drag.arrange());
    this.addEventListener('keydown', event => this.onKey(event));
    this.addEventListener('click', event => this.onClick(event));
  }

  disconnectedCallback(): void {
    this.drag.destroy();
  }

  private onKey(event: KeyboardEvent): void {
    const card = (event.target as Element).closest<HTMLElement>('.robot-card');
    if (!card || !event.altKey || !event.key.startsWith('Arrow') || !(event.target as Element).matches('.item-title, .robot-check')) return;
    event.preventDefault();
    const from = stageOf(card);
    const list = card.parentElement!;
    const next = card.nextElementSibling;
    const goBack = () => list.insertBefore(card, next);
    const all = cards(list);
    const at = all.indexOf(card);
    if (event.key === 'ArrowUp' && at > 0) all[at - 1]!.before(card);
    else if (event.key === 'ArrowDown' && at < all.length - 1) all[at + 1]!.after(card);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const to = columnBeside(this, from, event.key === 'ArrowLeft' ? -1 : 1);
      if (!to) return announce(text('board.edge'));
      to.querySelector('[data-robots]')!.append(card);
    } else return;
    (event.target as HTMLElement).focus();
    card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    void this.send(card, from, stageOf(card), goBack);
  }

  /** Robots of one stage at a time: choosing on another stage begins a new selection there. */
  private onClick(event: MouseEvent): void {
    const box = event.target as HTMLInputElement;
    if (box.matches?.('.robot-check') && box.checked) this.selection.clear([...stageOf(box).querySelectorAll<HTMLInputElement>('.robot-check')]);
  }

  private async send(card: HTMLElement, from: HTMLElement, to: HTMLElement, goBack: () => void): Promise<void> {
    const title = card.dataset['title'] ?? '';
    const focused = card.contains(document.activeElement);
    card.classList.add('card-busy');
    try {
      const done = await post<Arranged>(this.dataset['arrangeUrl']!, {
        from: from.dataset['stage']!,
        fromVersion: from.dataset['version']!,
        to: to.dataset['stage']!,
        toVersion: to.dataset['version']!,
        key: card.dataset['robot']!,
        before: (card.nextElementSibling as HTMLElement | null)?.dataset['robot'] ?? '',
      });
      announce(done.message ?? '');
      toast({ tone: 'success', ...done, message: done.message ?? '' });
      if (done.askUrl) await ask(done.askUrl);
    } catch (error) {
      goBack();
      if (!(error instanceof Problem)) throw error;
      announce(text('board.refused', { title, reason: error.detail || error.title }));
      toast({ tone: 'danger', message: error.title, details: error.detail ? [error.detail] : [] });
    } finally {
      card.classList.remove('card-busy');
      if (focused) card.querySelector<HTMLElement>('.item-title')?.focus();
      refresh(from, to);
    }
  }
}

/** Shows the question about the items that stand on the stage already; no question leaves the area empty. */
async function ask(url: string): Promise<void> {
  const area = document.getElementById('apply-area');
  const html = await get(url);
  if (!area || html === undefined) return;
  area.innerHTML = html;
  // The address is this page's already, so following the link would not take the question away.
  for (const no of area.querySelectorAll('[data-answer-no]')) no.addEventListener('click', () => no.closest('.apply-question')?.remove());
}

function cards(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(':scope > .robot-card')];
}

customElements.define('crm-robots', RobotsElement);
