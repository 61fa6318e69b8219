import { text } from './texts';

/** What a refused request says: RFC 9457's title and detail. */
export class Problem extends Error {
  constructor(readonly status: number, readonly title: string, readonly detail: string, readonly code = '') {
    super(detail || title);
  }
}

export function antiforgery(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? '';
}

/** Posts a form and reads the JSON answer; anything but 2xx is thrown as a Problem. */
export async function post<T>(url: string, fields: Readonly<Record<string, string>>): Promise<T> {
  const headers = { Accept: 'application/json', 'X-CSRF-TOKEN': antiforgery() };
  let answer: Response;
  try {
    answer = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields), credentials: 'same-origin' });
  } catch {
    throw new Problem(0, text('offline.title'), text('offline.detail'));
  }
  const body = await answer.json().catch(() => ({})) as { title?: string; detail?: string; code?: string };
  if (answer.ok) return body as T;
  throw new Problem(answer.status, body.title ?? text('failed.title'), body.detail ?? text('failed.detail', { status: answer.status }), body.code);
}

/** A part of the page; undefined when it cannot be had. */
export async function get(url: string): Promise<string | undefined> {
  const answer = await fetch(url, { credentials: 'same-origin' }).catch(() => undefined);
  return answer?.ok ? await answer.text() : undefined;
}

/** A command id; crypto.randomUUID exists only on secure origins. */
export function commandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
