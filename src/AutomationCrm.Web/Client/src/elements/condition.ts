import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { post } from '../lib/http';
import { editorFacts, fieldOf, operatorsOf, word, type FieldFact } from '../lib/editor-facts';
import { isGroup, readTree, takesValue, text, writeTree, type Group, type Row } from '../lib/condition-tree';
import './expression';

const pause = 300;

/**
 * <crm-condition> around a hidden field with the condition's JSON and an element [data-sentence]: rows joined by AND and OR in
 * nested groups, each with an optional NOT. The sentence is the server's, asked at data-sentence-url of the form.
 */
class ConditionElement extends LitElement {
  private tree: Group = { join: 'all', not: false, parts: [] };
  private timer = 0;
  private field!: HTMLInputElement;
  private sentence!: HTMLElement;
  private readonly body = document.createElement('div');

  override connectedCallback(): void {
    this.field = this.querySelector('input[type=hidden]')!;
    this.sentence = this.querySelector('[data-sentence]')!;
    this.sentence.setAttribute('role', 'status');
    this.body.className = 'condition-editor';
    this.sentence.before(this.body);
    this.tree = readTree(this.field.value);
    super.connectedCallback();
    if (this.field.value) void this.ask();
  }

  /** The hidden field and the sentence stay as they are; the editor stands between them. */
  protected override createRenderRoot(): HTMLElement {
    return this.body;
  }

  protected override render(): TemplateResult {
    return this.group(this.tree, undefined);
  }

  private group(group: Group, parent: Group | undefined): TemplateResult {
    const single = group.parts.length < 2;
    return html`
      <div class="condition-group ${parent ? 'is-inner' : ''}" role="group" aria-label=${word(group.not ? 'not' : group.join)}>
        ${parent || group.parts.length > 0 ? html`
          <div class="condition-head">
            <label class="form-check"><input class="form-check-input" type="checkbox" .checked=${group.not} @change=${(e: Event) => this.change(() => group.not = (e.target as HTMLInputElement).checked)}><span class="form-check-label">${word('not')}</span></label>
            <select class="form-select" aria-label=${word('lead')} ?hidden=${single} @change=${(e: Event) => this.change(() => group.join = (e.target as HTMLSelectElement).value as 'all' | 'any')}>
              <option value="all" ?selected=${group.join === 'all'}>${word('all')}</option>
              <option value="any" ?selected=${group.join === 'any'}>${word('any')}</option>
            </select>
            ${parent ? html`<button type="button" class="icon-button" aria-label=${word('remove')} title=${word('remove')} @click=${() => this.drop(group, parent)}>${cross()}</button>` : nothing}
          </div>` : nothing}
        ${group.parts.map(part => (isGroup(part) ? this.group(part, group) : this.row(part, group)))}
        <div class="condition-tools">
          <button type="button" class="btn btn-sm" @click=${() => this.change(() => group.parts.push({ field: '', op: 'eq' }))}>${word('add_row')}</button>
          ${group.parts.length > 0 ? html`<button type="button" class="btn btn-sm" @click=${() => this.change(() => group.parts.push({ join: group.join === 'all' ? 'any' : 'all', not: false, parts: [{ field: '', op: 'eq' }] }))}>${word('add_group')}</button>` : nothing}
        </div>
      </div>`;
  }

  private row(row: Row, group: Group): TemplateResult {
    const field = fieldOf(row.field);
    const operators = operatorsOf(field);
    return html`
      <div class="condition-row">
        <select class="form-select" aria-label=${word('field')} @change=${(e: Event) => this.change(() => pick(row, (e.target as HTMLSelectElement).value))}>
          <option value="" ?selected=${!row.field}>${word('none')}</option>
          ${groups().map(([name, fields]) => html`<optgroup label=${name}>${fields.map(one => html`<option value=${one.path} ?selected=${one.path === row.field}>${one.title}</option>`)}</optgroup>`)}
          ${row.field && !field ? html`<option value=${row.field} selected>${row.field}</option>` : nothing}
        </select>
        <select class="form-select" aria-label=${word('op')} @change=${(e: Event) => this.change(() => row.op = (e.target as HTMLSelectElement).value)}>
          ${(operators.includes(row.op) ? operators : [...operators, row.op]).map(code => html`<option value=${code} ?selected=${code === row.op}>${editorFacts().titles[code] ?? code}</option>`)}
        </select>
        <div class="condition-values">${this.values(row, field)}</div>
        <button type="button" class="icon-button" aria-label=${word('remove')} title=${word('remove')} @click=${() => this.drop(row, group)}>${cross()}</button>
      </div>`;
  }

  private values(row: Row, field: FieldFact | undefined): unknown {
    if (row.op === 'changed') return html`${this.value(word('from'), row.from, field, next => row.from = next)}${this.value(word('to'), row.to, field, next => row.to = next)}`;
    if (!takesValue(row.op)) return nothing;
    if (row.op === 'in' || row.op === 'not_in') return this.list(row, field);
    if (row.op !== 'between') return this.value(word('value'), Array.isArray(row.value) ? row.value[0] : row.value, field, next => row.value = next);
    const bounds = Array.isArray(row.value) ? [...row.value as unknown[]] : [row.value, ''];
    return [0, 1].map(i => this.value(word(i === 0 ? 'low' : 'high'), bounds[i], field, next => {
      bounds[i] = next;
      row.value = bounds;
    }));
  }

  private list(row: Row, field: FieldFact | undefined): TemplateResult {
    const chosen = (Array.isArray(row.value) ? row.value : text(row.value) ? [row.value] : []).map(text);
    if (field?.choices) return html`
      <select class="form-select" multiple size="4" aria-label=${word('value')} @change=${(e: Event) => this.change(() => row.value = [...(e.target as HTMLSelectElement).selectedOptions].map(o => o.value))}>
        ${field.choices.map(choice => html`<option value=${choice.value} ?selected=${chosen.includes(choice.value)}>${choice.text}</option>`)}
      </select>`;
    return html`<input class="form-control" aria-label=${word('value')} .value=${chosen.join(', ')} @input=${(e: Event) => this.change(() => row.value = (e.target as HTMLInputElement).value.split(',').map(part => part.trim()).filter(part => part !== ''))}>`;
  }

  private value(label: string, value: unknown, field: FieldFact | undefined, set: (next: string) => void): TemplateResult {
    const now = text(value);
    const isFormula = now.startsWith('{') || now.startsWith('=');
    if (field?.choices && !isFormula) return html`
      <select class="form-select" aria-label=${label} @change=${(e: Event) => this.change(() => set((e.target as HTMLSelectElement).value))}>
        <option value="" ?selected=${now === ''}>${word('empty')}</option>
        ${field.choices.map(choice => html`<option value=${choice.value} ?selected=${choice.value === now || choice.value === `user_${now}`}>${choice.text}</option>`)}
        <option value="{=">${word('formula')}</option>
      </select>`;
    if (field?.kind === 'date' && !isFormula && (now === '' || /^\d{4}-\d\d-\d\d$/.test(now))) return html`
      <input class="form-control" type="date" aria-label=${label} .value=${now} @change=${(e: Event) => this.change(() => set((e.target as HTMLInputElement).value))}>
      <button type="button" class="icon-button" title=${word('formula')} aria-label=${word('formula')} @click=${() => this.change(() => set('{='))}>${braces()}</button>`;
    return html`
      <crm-expression><input class="form-control" aria-label=${label} placeholder=${label} .value=${now} @input=${(e: Event) => this.change(() => set((e.target as HTMLInputElement).value))}></crm-expression>
      ${field?.choices || field?.kind === 'date' ? html`<button type="button" class="icon-button" title=${word('choice')} aria-label=${word('choice')} @click=${() => this.change(() => set(''))}>${cross()}</button>` : nothing}`;
  }

  private drop(part: Group | Row, parent: Group): void {
    this.change(() => parent.parts.splice(parent.parts.indexOf(part), 1));
    this.querySelector<HTMLElement>('.condition-tools button')?.focus();
  }

  private change(make: () => unknown): void {
    make();
    this.field.value = writeTree(this.tree);
    this.requestUpdate();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), pause);
  }

  private async ask(): Promise<void> {
    const url = this.closest<HTMLElement>('[data-sentence-url]')?.dataset['sentenceUrl'];
    if (!url) return;
    const asked = this.field.value;
    const told = await post<{ sentence: string; problems: string[] }>(url, { condition: asked }).catch(() => undefined);
    if (!told || asked !== this.field.value) return;
    this.sentence.textContent = [told.sentence || (told.problems.length > 0 ? '' : word('lead')), ...told.problems].filter(line => line !== '').join(' ');
    this.sentence.classList.toggle('has-problem', told.problems.length > 0);
  }
}

/** Another field: an operator it does not have and the old value go. */
function pick(row: Row, path: string): void {
  row.field = path;
  if (!operatorsOf(fieldOf(path)).includes(row.op)) row.op = 'eq';
  delete row.value;
  delete row.from;
  delete row.to;
}

function groups(): [string, FieldFact[]][] {
  const found = new Map<string, FieldFact[]>();
  for (const field of editorFacts().fields) found.set(field.group, [...(found.get(field.group) ?? []), field]);
  return [...found];
}

function icon(name: string): TemplateResult {
  return html`<svg class="icon" aria-hidden="true"><use href="${document.documentElement.dataset['icons'] ?? ''}#${name}"></use></svg>`;
}

const cross = () => icon('x');
const braces = () => icon('code');

customElements.define('crm-condition', ConditionElement);
