import { DragLists, stageOf } from '../lib/columns';
import { announce, refresh, toast, type ToastDetail } from '../lib/events';
import { askMissing } from '../lib/gate';
import { commandId, post, Problem } from '../lib/http';
import { RowSelection } from '../lib/row-selection';
import { text } from '../lib/texts';
import { BoardKeys } from './board-keys';

interface Moved extends Partial<ToastDetail> {
  readonly version?: number;
}

/**
 * <crm-board data-move-url>: cards move between columns by drag, touch, keyboard or the card's menu. A move shows at
 * once, is posted as id, from, to, version, commandId, and goes back with the server's reason when it is refused; fields
 * that the stage requires are asked for on the way.
 * The markup is described in docs/frontend.md.
 */
class BoardElement extends HTMLElement {
  private readonly keys = new BoardKeys(this, (card, column) => void this.move(card, column));
  private readonly drag = new DragLists(this, {
    lists: '[data-cards]',
    cards: '.board-card',
    still: '.card-menu, .menu, input, select',
    sort: false,
    dropped: (card, from, to, goBack) => void this.send(card, from, to, goBack),
  });

  private readonly selection = new RowSelection(this, '.card-check', box => [...stageOf(box).querySelectorAll<HTMLInputElement>('.card-check')]);

  connectedCallback(): void {
    this.arrange();
    this.addEventListener('htmx:after:settle', () => this.arrange());
    this.addEventListener('keydown', event => this.keys.handle(event));
    this.addEventListener('focusin', event => this.keys.remember(event.target as Element));
    this.addEventListener('submit', event => this.onMenu(event));
    this.addEventListener('htmx:after:swap', event => onAdded(event.target as Element));
    document.getElementById('run-form')?.addEventListener('reset', () => this.selection.clear());
  }

  disconnectedCallback(): void {
    this.drag.destroy();
  }

  /** Called again after every swap: new columns become drop targets, one card keeps the place in the tab order. */
  private arrange(): void {
    this.drag.arrange();
    this.selection.arrange();
    this.keys.arrange();
  }

  private onMenu(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const card = form.closest<HTMLElement>('.board-card');
    const to = event.submitter?.getAttribute('value');
    if (!form.matches('[data-move-form]') || !card || to == null) return;
    event.preventDefault();
    const column = [...this.querySelectorAll<HTMLElement>('[data-stage]')].find(candidate => candidate.dataset['stage'] === to);
    if (column) void this.move(card, column);
  }

  /** Puts the card on top of the column and tells the server. */
  private async move(card: HTMLElement, column: HTMLElement): Promise<void> {
    const from = stageOf(card);
    if (from === column || card.classList.contains('card-busy')) return;
    const home = card.parentElement!;
    const next = card.nextSibling;
    const focused = card.contains(document.activeElement);
    column.querySelector('[data-cards]')!.prepend(card);
    card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (focused) this.keys.focus(card);
    await this.send(card, from, column, () => {
      home.insertBefore(card, next?.parentNode === home ? next : null);
      if (focused) this.keys.focus(card);
    });
  }

  private async send(card: HTMLElement, from: HTMLElement, to: HTMLElement, goBack: () => void): Promise<void> {
    const title = card.dataset['title'] ?? '';
    const stage = to.dataset['name'] ?? '';
    card.classList.add('card-busy');
    this.keys.arrange();
    try {
      const done = await this.post(card, from, to);
      if (!done) {
        goBack();
        return;
      }
      if (done.version !== undefined) card.dataset['version'] = String(done.version);
      card.classList.add('card-landed');
      announce(text('board.moved', { title, stage }));
      toast({ tone: 'success', ...done, message: done.message ?? text('board.moved', { title, stage }) });
    } catch (error) {
      goBack();
      if (!(error instanceof Problem)) throw error;
      announce(text('board.refused', { title, reason: error.detail || error.title }));
      toast({ tone: 'danger', message: error.title, details: error.detail ? [error.detail] : [] });
    } finally {
      card.classList.remove('card-busy');
      this.keys.arrange();
      refresh(from, to);
    }
  }

  /** The server's answer; undefined when the stage requires fields and the person does not fill them in. */
  private async post(card: HTMLElement, from: HTMLElement, to: HTMLElement): Promise<Moved | undefined> {
    try {
      return await post<Moved>(this.dataset['moveUrl']!, {
        id: card.dataset['card']!,
        from: from.dataset['stage']!,
        to: to.dataset['stage']!,
        version: card.dataset['version']!,
        commandId: commandId(),
      });
    } catch (error) {
      const page = card.querySelector<HTMLAnchorElement>('.item-title')?.pathname;
      if (!(error instanceof Problem) || error.code !== 'stage.required' || !page) throw error;
      return await askMissing<Moved>(`${page}/gate?to=${encodeURIComponent(to.dataset['stage']!)}`);
    }
  }
}

/** The quick-add form stays open and empty for the next card. */
function onAdded(source: Element): void {
  if (!(source instanceof HTMLFormElement) || source.dataset['quickAdd'] === undefined) return;
  source.reset();
  source.querySelector<HTMLElement>('input:not([type=hidden])')?.focus();
}

customElements.define('crm-board', BoardElement);
