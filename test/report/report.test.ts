import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { riskReport } from '../../src/report/html.ts';
import { escapeText, html } from '../../src/report/markup.ts';
import { assess, type RiskRecord } from '../../src/risk/assess.ts';
import { DEFAULTS, RFC_4180 } from '../../src/risk/options.ts';
import { csvFile } from '../risk/shared.ts';

const EVIL = '<script>alert(1)</script>';
let record: RiskRecord;
let page: string;

beforeAll(async () => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => `QUASI${i % 7},${i % 3},${i < 20 ? EVIL : 'common'},${i * 10}`,
  );
  const text = [`"a${EVIL}",b,s,n`, ...rows, 'QUASI0,1,RARE,7'].join('\n');
  record = await assess(
    {
      ...DEFAULTS,
      dialect: RFC_4180,
      file: csvFile(text),
      original: csvFile(text),
      quasiIdentifiers: [`a${EVIL}`, 'b'],
      sensitive: ['s', 'n'],
      fractions: [0.1],
      rareBelow: 5,
      suda: { size: 2, scoring: 'elliot', fraction: 0.01 },
    },
    { thresholds: { k: 3, l: 2, 'population-uniqueness': 0.1 } },
  );
  page = riskReport(record, 'en');
});

describe('the report', () => {
  it('loads nothing and runs nothing', () => {
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('script, link, iframe, img, object, embed, base, form')).toHaveLength(0);
    for (const element of document.querySelectorAll('*'))
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on|^src$|^href$|^xlink/i);
        expect(value).not.toMatch(/https?:|data:|javascript:/i);
      }
    expect(page).not.toMatch(/@import|url\(/);
    expect(page).toContain("default-src 'none'");
  });

  it('escapes names and values', () => {
    expect(page).not.toContain(EVIL);
    expect(page).toContain('a&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('holds no value of a quasi-identifier and no rare value', () => {
    expect(page).not.toContain('QUASI');
    expect(page).not.toContain('RARE');
    expect(JSON.stringify(record)).not.toMatch(/QUASI|RARE/);
  });

  it('says everything in both languages, and opens in the one asked for', () => {
    const { document } = parseHTML(page);
    const spans = (language: string) => [...document.querySelectorAll(`span[lang="${language}"]`)];
    expect(spans('en').length).toBe(spans('ko').length);
    expect(spans('ko').filter((span) => span.textContent === '')).toEqual([]);
    expect(document.querySelectorAll('div[lang="en"] svg').length).toBe(
      document.querySelectorAll('div[lang="ko"] svg').length,
    );
    expect(document.querySelector('#show-en')!.hasAttribute('checked')).toBe(true);
    const korean = parseHTML(riskReport(record, 'ko')).document;
    expect(korean.querySelector('#show-ko')!.hasAttribute('checked')).toBe(true);
    expect(korean.querySelector('#show-en')!.hasAttribute('checked')).toBe(false);
  });

  it('shows every figure group with a chart each', () => {
    const { document } = parseHTML(page);
    const charts = [...document.querySelectorAll('div[lang="en"] > svg')].map((svg) =>
      svg.getAttribute('aria-label'),
    );
    expect(charts).toEqual([
      'Records by class size',
      'Records at risk by threshold',
      'Records at risk by combination of columns',
      'Values of s',
      'Values of n',
      'Uniqueness by population size',
    ]);
    for (const heading of [
      'Policy',
      'Data set',
      'Sensitive attributes',
      'Utility, before and after',
      'What to change',
    ])
      expect(page).toContain(heading);
    expect(page).toContain(record.file.sha256);
  });

  it('is the same for the same record', () => {
    expect(riskReport(JSON.parse(JSON.stringify(record)), 'en')).toBe(page);
  });
});

describe('markup', () => {
  it('escapes what is put in, unless it is markup already', () => {
    expect(html`<p>${'<b>'}${html`<i>${'&'}</i>`}${['"', "'"]}${null}${false}${3}</p>`.text).toBe(
      '<p>&lt;b&gt;<i>&amp;</i>&quot;&#39;3</p>',
    );
  });

  it('shows control and direction characters', () => {
    expect(escapeText('a\u202Eb\u0000c\nd')).toBe('a·b·c·d');
  });
});
