import { HubConnection, HubConnectionBuilder, HubConnectionState, LogLevel } from '@microsoft/signalr';

const settle = 150;
const offlineAfter = 4000;

/**
 * <crm-live data-url="/hub/live" data-topics="…">: fetches the parts marked data-live="topic …" again when the hub says
 * "changed" of one of their topics, and all of them after a reconnect. A part names its address in data-live-url.
 */
class LiveElement extends HTMLElement {
  private connection: HubConnection | undefined;
  private known = new Set<string>();
  private readonly stale = new Set<Element>();
  private timer = 0;
  private offline = 0;
  private stopped = false;

  connectedCallback(): void {
    document.addEventListener('crm:refresh', this.onRefresh);
    document.addEventListener('crm:idle', this.onIdle);
    document.addEventListener('visibilitychange', this.onIdle);
    document.addEventListener('focusout', this.onIdle);
    document.addEventListener('htmx:after:settle', this.onIdle);
    if (this.dataset['url']) this.open(this.dataset['url']);
  }

  disconnectedCallback(): void {
    this.stopped = true;
    for (const event of ['crm:idle', 'visibilitychange', 'focusout', 'htmx:after:settle']) document.removeEventListener(event, this.onIdle);
    document.removeEventListener('crm:refresh', this.onRefresh);
    clearTimeout(this.timer);
    void this.connection?.stop();
  }

  private open(url: string): void {
    const delay = (attempt: number) => Math.min(30_000, 500 * 2 ** Math.min(attempt, 6)) * (0.75 + Math.random() / 2);
    const connection = new HubConnectionBuilder().withUrl(url).configureLogging(LogLevel.None)
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: context => delay(context.previousRetryCount) }).build();
    this.connection = connection;
    connection.on('changed', (topic: string) => {
      this.mark(this.parts().filter(part => topicsOf(part).includes(topic)));
    });
    connection.onreconnecting(() => this.lost());
    connection.onreconnected(() => void this.joined(true));
    const start = async (attempt: number): Promise<void> => {
      try {
        await connection.start();
        await this.joined(attempt > 0);
      } catch {
        this.lost();
        if (!this.stopped) setTimeout(() => void start(attempt + 1), delay(attempt));
      }
    };
    void start(0);
  }

  private async joined(again: boolean): Promise<void> {
    clearTimeout(this.offline);
    this.offline = 0;
    this.toggleAttribute('data-offline', false);
    this.known = new Set();
    await this.subscribe();
    this.dataset['state'] = 'connected';
    // What changed between the page's making and this moment sent its hint to nobody; parts that wait for something ask once.
    this.mark(this.parts().filter(part => again || part.hasAttribute('data-live-soon')));
  }

  private lost(): void {
    this.dataset['state'] = 'lost';
    this.offline ||= window.setTimeout(() => this.toggleAttribute('data-offline', true), offlineAfter);
  }

  private async subscribe(): Promise<void> {
    if (this.connection?.state !== HubConnectionState.Connected) return;
    const own = (this.dataset['topics'] ?? '').split(/\s+/);
    const wanted = [...own, ...this.parts().flatMap(topicsOf)].filter(topic => topic && !this.known.has(topic));
    if (wanted.length === 0) return;
    for (const topic of wanted) this.known.add(topic);
    await this.connection.invoke('Subscribe', [...new Set(wanted)]).catch(() => undefined);
  }

  private parts(): Element[] {
    return [...document.querySelectorAll('[data-live]')];
  }

  private readonly onRefresh = (event: Event) => {
    const parts = (event as CustomEvent<{ parts: Element[] }>).detail.parts;
    this.mark(parts.length > 0 ? parts : this.parts());
  };

  private readonly onIdle = () => {
    void this.subscribe();
    if (this.stale.size > 0) this.schedule();
  };

  private mark(parts: Element[]): void {
    for (const part of parts) this.stale.add(part);
    this.schedule();
  }

  private schedule(): void {
    if (this.timer) return;
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      for (const part of this.stale) {
        if (!part.isConnected) this.stale.delete(part);
        else if (!busy(part)) {
          this.stale.delete(part);
          void fetchAgain(part);
        }
      }
    }, settle);
  }
}

function topicsOf(part: Element): string[] {
  return (part.getAttribute('data-live') ?? '').split(/\s+/).filter(topic => topic !== '');
}

/** Not while somebody drags or types there, nor in a hidden window: the part stays stale until then. */
function busy(part: Element): boolean {
  const typing = part.contains(document.activeElement) && document.activeElement!.matches('input:not([type=hidden]), textarea, select');
  const menuOpen = part.querySelector(':popover-open') !== null;
  return document.hidden || typing || menuOpen || part.closest('[data-busy]') !== null;
}

async function fetchAgain(part: Element): Promise<void> {
  const address = part.getAttribute('data-live-url');
  if (!address) return;
  const url = new URL(address, location.href);
  const counted = part.getAttribute('data-live-count');
  if (counted) url.searchParams.set('take', String(part.querySelectorAll(counted).length));
  const answer = await fetch(url, { headers: { 'HX-Request': 'true', 'HX-Request-Type': 'partial', Accept: 'text/html' }, credentials: 'same-origin' }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return;
  const html = await answer.text();
  // Somebody may have begun to drag or type while the answer was under way.
  if (!part.isConnected) return;
  if (busy(part)) document.dispatchEvent(new CustomEvent('crm:refresh', { detail: { parts: [part] } }));
  else await window.htmx.swap({ text: html, sourceElement: part, target: part, swap: 'outerMorph' });
}

customElements.define('crm-live', LiveElement);
