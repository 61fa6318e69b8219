import htmx from 'htmx.org';
import { text } from './texts';

/** Asks in a dialog of our own: for hx-confirm and for plain forms with data-confirm. */
export function startConfirm(): void {
  htmx.on('htmx:confirm', event => {
    const { ctx, issueRequest, dropRequest } = event.detail;
    const question = (ctx as unknown as { confirm?: string }).confirm;
    if (!question) return;
    event.preventDefault();
    void ask(question).then(yes => (yes ? issueRequest() : dropRequest()));
  });

  document.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    const question = event.submitter?.dataset['confirm'] ?? form.dataset['confirm'];
    if (!question || form.dataset['confirmed']) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    void ask(question).then(yes => {
      if (!yes) return;
      form.dataset['confirmed'] = 'yes';
      form.requestSubmit(submitter);
      delete form.dataset['confirmed'];
    });
  }, true);
}

/** True when the person agrees. */
export function ask(question: string): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.className = 'ask';
  dialog.setAttribute('aria-labelledby', 'ask-text');
  const sentence = document.createElement('p');
  sentence.id = 'ask-text';
  sentence.textContent = question;
  const form = document.createElement('form');
  form.method = 'dialog';
  form.append(button('no', text('confirm.no'), 'btn'), button('yes', text('confirm.yes'), 'btn btn-primary'));
  dialog.append(sentence, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'yes');
  }));
}

function button(value: string, label: string, look: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.value = value;
  made.textContent = label;
  made.className = look;
  return made;
}
