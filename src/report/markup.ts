import type { Text } from '../messages/language.ts';

/** HTML that is safe to insert as it is. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Part[] | null | undefined | false;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML, control and direction characters made visible. */
export const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character]!).replace(/[\p{Cc}\p{Cf}]/gu, '·');

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(render).join('');
  return escapeText(String(part));
}

/** Builds HTML; everything that is put in is escaped unless it is `Markup`. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((string, i) => string + render(parts[i])).join(''));
}

/** A sentence in both languages; the page shows one of them. */
export const both = ({ en, ko }: Text): Markup =>
  html`<span lang="en">${en}</span><span lang="ko">${ko}</span>`;

/** Four significant digits, or a dash. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return Number.isInteger(value) ? value.toLocaleString('en-US') : String(Number(value.toPrecision(4)));
}

export const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? '–' : `${figure(share * 100)} %`;
