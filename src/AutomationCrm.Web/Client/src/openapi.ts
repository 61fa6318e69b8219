// The API console. The document says what can be called; the person brings a webhook's token.
interface ConsoleOptions {
  url: string;
  domNode: HTMLElement;
  docExpansion: 'none';
  defaultModelsExpandDepth: number;
  filter: boolean;
  validatorUrl: null;
  persistAuthorization: boolean;
  onComplete: () => void;
}

declare const SwaggerUIBundle: (options: ConsoleOptions) => unknown;

const root = document.querySelector<HTMLElement>('#api-console');

/** Controls that the console leaves without a name get that of what stands around them. */
function label(): void {
  for (const control of root?.querySelectorAll<HTMLElement>('select:not([aria-label]), input:not([aria-label]), textarea:not([aria-label])') ?? []) {
    if (control.closest('label') !== null || (control.id !== '' && root?.querySelector(`label[for="${CSS.escape(control.id)}"]`) !== null)) continue;
    const parameter = control.closest('tr')?.getAttribute('data-param-name');
    const name = parameter ?? control.getAttribute('placeholder') ?? control.closest('.servers, .content-type-wrapper, .body-param-options, .response-controls')?.textContent?.trim().slice(0, 60);
    control.setAttribute('aria-label', name || (root?.dataset.label ?? ''));
  }
}

if (root?.dataset.url !== undefined) {
  new MutationObserver(label).observe(root, { childList: true, subtree: true });
  SwaggerUIBundle({
    url: root.dataset.url,
    domNode: root,
    docExpansion: 'none',
    defaultModelsExpandDepth: -1,
    filter: true,
    validatorUrl: null,
    persistAuthorization: false,
    onComplete: label,
  });
}
