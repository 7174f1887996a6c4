import { html, type Markup } from '../report/markup.ts';
import type { Field, FieldsPart, FieldValue, FixedPart, Form, FormValues, Part, TablePart } from './form.ts';
import { STYLE } from './style.ts';

/**
 * A form as one HTML document for A4 paper: nothing is loaded from elsewhere, no script runs, every value is
 * escaped. What a person must fill or sign is marked with ✎ and a dashed frame.
 * @param footer how the form came about; no cell values
 */
export function renderForm(form: Form, values: FormValues, footer: string): string {
  const heading = `${form.mark} ${form.title}`;
  return html`<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${heading}</h1>
<p class="legend">작성: ${form.writer} · <span class="todo">✎</span> 표시는 사람이 적거나 확인할 칸</p>
${form.parts.map((part) => renderPart(part, values))}
</main>
<footer>${footer}</footer>
</body>
</html>
`.text;
}

function renderPart(part: Part, values: FormValues): Markup {
  const title = part.title === undefined ? '' : html`<h2>${part.title}</h2>\n`;
  return html`<section>\n${title}${body(part, values)}\n</section>\n`;
}

function body(part: Part, values: FormValues): Markup {
  switch (part.kind) {
    case 'fields':
      return fieldsTable(part, values);
    case 'table':
      return rowsTable(part, values);
    case 'fixed':
      return fixed(part);
  }
}

function fieldsTable({ fields }: FieldsPart, values: FormValues): Markup {
  const row = (field: Field) =>
    html`<tr><th scope="row">${field.label}</th>${cell(field, values.fields[field.key])}</tr>\n`;
  return html`<table class="fields">\n<tbody>\n${fields.map(row)}</tbody>\n</table>`;
}

function rowsTable({ key, columns, blankRows }: TablePart, values: FormValues): Markup {
  const filled = values.tables[key] ?? [];
  const blank = Array.from({ length: blankRows }, () => ({}) as Record<string, FieldValue>);
  const rows = [...filled, ...blank];
  const head = columns.map((column) => html`<th scope="col">${column.label}</th>`);
  const line = (row: Readonly<Record<string, FieldValue>>) =>
    html`<tr>${columns.map((column) => cell(column, row[column.key]))}</tr>\n`;
  const lines = rows.length > 0 ? rows.map(line) : [html`<tr><td colspan="${columns.length}">–</td></tr>\n`];
  return html`<table class="rows">\n<thead><tr>${head}</tr></thead>\n<tbody>\n${lines}</tbody>\n</table>`;
}

function fixed({ paragraphs }: FixedPart): Markup {
  return html`<ol>\n${paragraphs.map((paragraph) => html`<li>${paragraph}</li>\n`)}</ol>`;
}

/**
 * A value, or a marked blank where a person has to fill it, also in place of a machine that does not know. An
 * empty value that a machine has filled says that there is nothing.
 */
function cell(field: Field, value: FieldValue | undefined): Markup {
  const human = field.fill === 'human';
  const blank = field.sign === true || value === undefined || (human && value.length === 0);
  const kind = `${blank ? 'todo' : human ? 'confirm' : 'done'}${field.tall ? ' tall' : ''}`;
  const mark = blank || human ? html`<span class="mark" aria-label="작성">✎</span> ` : '';
  return html`<td class="${kind}" data-key="${field.key}">${mark}${content(field, value)}</td>`;
}

function content(field: Field, value: FieldValue | undefined): Markup | string {
  if (field.sign) return '(서명 또는 인)';
  const chosen = value === undefined ? [] : typeof value === 'string' ? [value] : value;
  if (field.choices === undefined) return html`${chosen.join(', ')}`;
  const boxes = Object.entries(field.choices).map(([name, label]) => {
    const box = chosen.includes(name) ? '☑' : '☐';
    return html`<span class="choice">${box} ${label}</span> `;
  });
  return html`${boxes}`;
}
