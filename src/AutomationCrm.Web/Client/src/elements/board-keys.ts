import { columnBeside, stageOf } from '../lib/columns';
import { announce } from '../lib/events';
import { text } from '../lib/texts';

/**
 * The board's keyboard: arrows walk over cards and columns, Alt+Left/Right moves the card, Enter opens it (a link).
 * One card at a time is in the tab order, so that Tab passes the board in two steps.
 */
export class BoardKeys {
  private current = '';

  constructor(private readonly board: HTMLElement, private readonly move: (card: HTMLElement, column: HTMLElement) => void) {}

  handle(event: KeyboardEvent): void {
    const card = (event.target as Element).closest<HTMLElement>('.board-card');
    if (!card || !(event.target as Element).matches('.item-title, .card-menu, .card-check') || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.altKey) {
      if (step === undefined) return;
      event.preventDefault();
      const column = columnBeside(this.board, stageOf(card), step);
      if (column) this.move(card, column);
      else announce(text('board.edge'));
      return;
    }
    const target = step === undefined ? this.inColumn(card, event.key) : this.besideIn(card, step);
    if (!target) return;
    event.preventDefault();
    this.focus(target);
  }

  /** Focuses a card; the board scrolls to it. */
  focus(card: HTMLElement): void {
    this.current = card.id;
    this.arrange();
    card.querySelector<HTMLElement>('.item-title')?.focus();
  }

  remember(target: Element): void {
    const card = target.closest('.board-card');
    if (!card || card.id === this.current) return;
    this.current = card.id;
    this.arrange();
  }

  arrange(): void {
    const cards = [...this.board.querySelectorAll<HTMLElement>('.board-card')];
    const holder = cards.find(card => card.id === this.current) ?? cards[0];
    for (const card of cards) {
      for (const stop of card.querySelectorAll<HTMLElement>('.item-title, .card-menu, .card-check')) stop.tabIndex = card === holder ? 0 : -1;
    }
  }

  private inColumn(card: HTMLElement, key: string): HTMLElement | undefined {
    const cards = cardsOf(stageOf(card));
    const here = cards.indexOf(card);
    if (key === 'ArrowDown') return cards[here + 1];
    if (key === 'ArrowUp') return cards[here - 1];
    if (key === 'Home') return cards[0];
    if (key === 'End') return cards.at(-1);
    return undefined;
  }

  /** The card at the same height in the next column that has cards. */
  private besideIn(card: HTMLElement, step: number): HTMLElement | undefined {
    const place = cardsOf(stageOf(card)).indexOf(card);
    for (let column = columnBeside(this.board, stageOf(card), step); column; column = columnBeside(this.board, column, step)) {
      const cards = cardsOf(column);
      if (cards.length > 0) return cards[Math.min(place, cards.length - 1)];
    }
    return undefined;
  }
}

function cardsOf(column: Element): HTMLElement[] {
  return [...column.querySelectorAll<HTMLElement>('.board-card')];
}
