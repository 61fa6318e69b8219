import { Problem } from './http';
import { text } from './texts';

const headers = { 'HX-Request': 'true', 'HX-Request-Type': 'partial', Accept: 'application/json' };

/**
 * Asks for the fields that a stage requires, in a dialog with the server's own form, and sends them with the move.
 * Answers what the server says of the move; undefined when the person gives up.
 */
export async function askMissing<T>(url: string): Promise<T | undefined> {
  const form = await fetch(url, { headers, credentials: 'same-origin' }).catch(() => undefined);
  if (!form?.ok) throw new Problem(form?.status ?? 0, text('offline.title'), text('offline.detail'));
  const dialog = document.createElement('dialog');
  dialog.className = 'gate';
  dialog.setAttribute('aria-label', text('gate.title'));
  document.body.append(dialog);
  await show(dialog, await form.text());
  dialog.showModal();
  return new Promise((resolve, reject) => {
    let done: T | undefined;
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(done);
    });
    dialog.addEventListener('click', event => {
      if (!(event.target as Element).closest('[data-close]')) return;
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener('submit', event => {
      event.preventDefault();
      send<T>(event.target as HTMLFormElement, dialog).then(answer => {
        if (answer === undefined) return;
        done = answer;
        dialog.close();
      }, (failure: unknown) => {
        dialog.remove();
        reject(failure instanceof Error ? failure : new Error(String(failure)));
      });
    });
  });
}

/** The move's answer; undefined when the form came back with what is wrong with it. */
async function send<T>(form: HTMLFormElement, dialog: HTMLDialogElement): Promise<T | undefined> {
  const button = form.querySelector<HTMLButtonElement>('.btn-primary');
  if (button) button.disabled = true;
  const fields = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const answer = await fetch(form.action, { method: 'POST', headers, body: fields, credentials: 'same-origin' }).catch(() => undefined);
  if (!answer) throw new Problem(0, text('offline.title'), text('offline.detail'));
  if (answer.ok) return await answer.json() as T;
  if (answer.headers.get('content-type')?.includes('json')) {
    const problem = await answer.json() as { title?: string; detail?: string };
    throw new Problem(answer.status, problem.title ?? text('failed.title'), problem.detail ?? text('failed.detail', { status: answer.status }));
  }
  await show(dialog, await answer.text());
  return undefined;
}

async function show(dialog: HTMLDialogElement, html: string): Promise<void> {
  await window.htmx.swap({ text: html, sourceElement: dialog, target: dialog, swap: 'innerHTML' });
  dialog.querySelector<HTMLElement>('.is-invalid, .form-control, .form-select')?.focus();
}
