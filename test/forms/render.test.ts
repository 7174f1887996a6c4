import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Form, FormValues } from '../../src/forms/form.ts';
import { FORMS, formNamed } from '../../src/forms/forms.ts';
import { renderForm } from '../../src/forms/render.ts';

const NONE: FormValues = { fields: {}, tables: {} };
const tags = (page: string) => page.match(/<[^>]*>/g)!;

/** Every text field and one row of every table filled with the same text. */
function filled(form: Form, text: string): FormValues {
  const values = (fields: readonly { key: string }[]) =>
    Object.fromEntries(fields.map(({ key }) => [key, text]));
  const fields: Record<string, string> = {};
  const tables: Record<string, Record<string, string>[]> = {};
  for (const part of form.parts) {
    if (part.kind === 'fields') Object.assign(fields, values(part.fields));
    if (part.kind === 'table') tables[part.key] = [values(part.columns)];
  }
  return { fields, tables };
}

describe.each(FORMS.map((form) => [form.id, form] as const))('%s', (_, form) => {
  test('loads nothing and runs nothing', () => {
    const page = renderForm(form, NONE, 'x');
    expect(page).toMatch(/^<!doctype html>\n<html lang="ko">/);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/https?:|<script|<link|<img|\bsrc=|url\(|@import|\son\w+=/i);
    expect(page).toContain('size: A4');
  });

  test('no value becomes markup', () => {
    const plain = tags(renderForm(form, filled(form, 'x'), 'x'));
    fc.assert(
      fc.property(fc.oneof(fc.string({ minLength: 1 }), fc.constant(`"'><script>&lt;`)), (text) => {
        expect(tags(renderForm(form, filled(form, text), text))).toEqual(plain);
      }),
      { numRuns: 25 },
    );
  });

  test('elements are closed in order', () => {
    const open: string[] = [];
    for (const tag of tags(renderForm(form, filled(form, 'x'), 'x'))) {
      const [, closing, name] = /^<(\/?)([a-z0-9]+)/.exec(tag) ?? [];
      if (name === undefined || name === 'meta') continue;
      if (closing === '/') expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });
});

const cellOf = (page: string, key: string) =>
  new RegExp(`<td class="([^"]*)" data-key="${key}">(.*?)</td>`).exec(page)?.slice(1) ?? [];

describe('what a person must fill', () => {
  const form = formNamed('adequacy');
  test('is a marked blank', () => {
    const [kind, content] = cellOf(renderForm(form, NONE, ''), 'opinion');
    expect(kind).toContain('todo');
    expect(content).toContain('✎');
  });

  test('stays marked for confirmation when it is filled already', () => {
    const [kind, content] = cellOf(
      renderForm(form, { fields: { opinion: '이상 없음' }, tables: {} }, ''),
      'opinion',
    );
    expect(kind).toBe('confirm tall');
    expect(content).toMatch(/✎.*이상 없음/);
  });

  test('is not what a machine has filled', () => {
    const [kind, content] = cellOf(
      renderForm(form, { fields: { 'case-name': '사례' }, tables: {} }, ''),
      'case-name',
    );
    expect([kind, content]).toEqual(['done', '사례']);
  });

  test('is not where a machine says that there is nothing', () => {
    expect(cellOf(renderForm(form, { fields: { 'case-name': '' }, tables: {} }, ''), 'case-name')[0]).toBe(
      'done',
    );
  });

  test('is what a machine could not fill', () => {
    expect(cellOf(renderForm(form, NONE, ''), 'case-name')[0]).toBe('todo');
  });

  test('a place to sign stays empty', () => {
    const page = renderForm(form, { fields: { 'writer-sign': '홍길동' }, tables: {} }, '');
    expect(page).not.toContain('홍길동');
  });
});

test('choices show what was chosen among all of them', () => {
  const page = renderForm(
    formNamed('unstructured'),
    { fields: { 'check-kind': ['full', 'partial'] }, tables: {} },
    '',
  );
  const [, content] = cellOf(page, 'check-kind');
  expect(content!.replaceAll(/<[^>]*>/g, '')).toContain('☑ 전수 ☑ 부분 ☐ 통계적 표본 ☐ 휴리스틱 표본');
});
