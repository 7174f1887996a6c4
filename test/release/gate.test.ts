import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GamyeongError } from '../../src/errors.ts';
import { release } from '../../src/release/release.ts';
import {
  certificate,
  csvText,
  demoPki,
  type Json,
  type Releasable,
  RULES,
  releasable,
  workDirectory,
} from './fixture.ts';

const work = workDirectory();
let pki: Awaited<ReturnType<typeof demoPki>>;
beforeAll(async () => {
  pki = await demoPki(work.path);
});
afterAll(work.done);

let count = 0;
const fresh = (content: Parameters<typeof releasable>[2] = {}) =>
  releasable(join(work.path, String(count++)), pki, content);

/** Codes of the reasons of a refusal, which must exit with 4 and leave no bundle. */
async function reasons(fixture: Releasable, more: Parameters<Releasable['options']>[0] = {}) {
  const options = fixture.options(more);
  const error = await release(options).then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(GamyeongError);
  expect({ code: error.code, exit: error.exitCode }).toEqual({ code: 'E_RELEASE_REFUSED', exit: 4 });
  expect(error.values.count).toBe(error.also.length);
  expect(existsSync(options.out)).toBe(false);
  return (error.also as GamyeongError[]).map((reason) => reason);
}
const codes = async (...args: Parameters<typeof reasons>) => (await reasons(...args)).map(({ code }) => code);

test('with everything in order there is no reason', async () => {
  const { manifest } = await release((await fresh()).options());
  expect(manifest).toMatchObject({
    purpose: { kind: 'research', text: '지역별 만성질환 연구' },
    period: { from: '2026-01-01', to: '2099-12-31' },
    tier: 'low',
    keyId: '0123456789abcdef',
    rows: { in: 5, out: 5, suppressed: 0, rejected: 0 },
  });
});

describe('the run record', () => {
  test('must be there', async () => {
    const fixture = await fresh();
    rmSync(`${fixture.file}.run.json`);
    expect(await codes(fixture)).toEqual(['E_RELEASE_RECORD']);
    writeFileSync(`${fixture.file}.run.json`, '{"version":1}');
    expect(await codes(fixture)).toEqual(['E_RELEASE_RECORD']);
  });
  test.each([
    [
      'another digest',
      (r: Json) => {
        r.output.sha256 = '0'.repeat(64);
      },
    ],
    [
      'another length',
      (r: Json) => {
        r.output.bytes++;
      },
    ],
    [
      'another number of rows',
      (r: Json) => {
        r.rows.out++;
        r.rows.in++;
      },
    ],
    [
      'rows that do not add up',
      (r: Json) => {
        r.rows.in++;
      },
    ],
    [
      'other rules',
      (r: Json) => {
        r.rules.sha256 = '0'.repeat(64);
      },
    ],
    [
      'other columns',
      (r: Json) => {
        r.columns[1].name = 'x';
      },
    ],
    [
      'a column that was dropped',
      (r: Json) => {
        r.columns[1].action = 'drop';
      },
    ],
  ])('must not have %s', async (_, change) => {
    const fixture = await fresh();
    fixture.runRecord(change);
    expect(await codes(fixture)).toEqual(['E_RELEASE_RUN_OTHER']);
  });
});

describe('the risk record', () => {
  /** Changes the record and has it reviewed again. */
  async function measured(change: (record: Json) => void, rules?: string) {
    const fixture = await fresh(rules === undefined ? {} : { rules });
    fixture.riskRecord(change);
    await fixture.review();
    return fixture;
  }

  test('must be there', async () => {
    const fixture = await fresh();
    rmSync(`${fixture.file}.risk.json`);
    expect(await codes(fixture)).toEqual(['E_RELEASE_RECORD']);
  });
  test.each([
    [
      'another digest',
      (r: Json) => {
        r.file.sha256 = '0'.repeat(64);
      },
    ],
    [
      'other rules',
      (r: Json) => {
        r.provenance.rules = '0'.repeat(64);
      },
    ],
    [
      'fewer quasi-identifiers',
      (r: Json) => {
        r.quasiIdentifiers.pop();
      },
    ],
    [
      'other quasi-identifiers',
      (r: Json) => {
        r.quasiIdentifiers = ['birth', 'memo'];
      },
    ],
    [
      'no sensitive column',
      (r: Json) => {
        r.sensitive = [];
      },
    ],
    [
      'a k that its classes do not give',
      (r: Json) => {
        r.k = 3;
      },
    ],
    [
      'a risk that its classes do not give',
      (r: Json) => {
        r.highestRisk = 0.1;
      },
    ],
    [
      'classes without all rows',
      (r: Json) => {
        r.classes.histogram = [[3, 1]];
        r.k = 3;
        r.highestRisk = 1 / 3;
        r.averageRisk = 1 / 3;
      },
    ],
  ])('must not have %s', async (_, change) => {
    expect(await codes(await measured(change))).toEqual(['E_RELEASE_RISK_OTHER']);
  });
  /** Edits that agree with themselves, as somebody makes them who knows the format. */
  const forged: readonly (readonly [string, (r: Json) => void, string])[] = [
    [
      'classes',
      (r) => {
        r.classes.histogram = [[5, 1]];
        r.k = 5;
        r.highestRisk = 0.2;
        r.averageRisk = 0.2;
        r.recordsAtRisk.share = 0;
        r.sampleUniqueness = 0;
      },
      'classes',
    ],
    ...(['alpha', 'lDistinct', 'lEntropy', 'tEqual', 'betaBasic', 'delta'] as const).map(
      (figure) =>
        [
          figure,
          (r: Json) => {
            r.perSensitive.disease[figure] *= 1 + 1e-6;
          },
          `perSensitive.disease.${figure}`,
        ] as const,
    ),
    [
      'no figures of a sensitive column',
      (r) => {
        r.perSensitive = {};
      },
      'perSensitive.disease',
    ],
  ];
  test.each(forged)('must be what the file gives: %s', async (_, change, figures) => {
    const found = await reasons(await measured(change));
    expect(found.map(({ code, values }) => [code, values.reason])).toEqual([
      ['E_RELEASE_RISK_OTHER', `measured again, the file gives other figures (${figures})`],
    ]);
  });
  test('may differ by the rounding of a sum', async () => {
    const fixture = await measured((r) => {
      r.perSensitive.disease.lEntropy *= 1 + 1e-12;
    });
    await release(fixture.options());
  });
  test('must be of all rows', async () => {
    const fixture = await measured((r) => {
      r.file.rows = 4;
    });
    expect(new Set(await codes(fixture))).toEqual(new Set(['E_RELEASE_RISK_OTHER']));
  });
  test.each([
    [
      '--suppressed exclude',
      (r: Json) => {
        r.options.suppressed = 'exclude';
      },
    ],
    [
      '--missing wildcard',
      (r: Json) => {
        r.options.missing = 'wildcard';
      },
    ],
    [
      '--reference',
      (r: Json) => {
        r.options.reference = 'file';
      },
    ],
    [
      '--tau 0.6',
      (r: Json) => {
        r.recordsAtRisk = { threshold: 0.6, share: 0 };
      },
    ],
  ])('must not be measured with %s', async (option, change) => {
    const found = await reasons(await measured(change));
    expect(found.map(({ code, values }) => [code, values.option])).toEqual([
      ['E_RELEASE_RISK_OPTION', option],
    ]);
  });
  test('must hold every threshold of the rules, whatever its own gate says', async () => {
    const strict = RULES.replace(
      '{ k: 2, prosecutor-max: 0.5 }',
      '{ k: 3, l: 3, prosecutor-max: 0.4, t: 0.2 }',
    );
    const found = await reasons(
      await measured((r) => {
        r.gate = { pass: true, checks: [] };
      }, strict),
    );
    expect(found.map(({ code, values }) => `${code} ${values.measure}`)).toEqual([
      'E_RELEASE_THRESHOLD k',
      'E_RELEASE_THRESHOLD l',
      'E_RELEASE_THRESHOLD t',
      'E_RELEASE_THRESHOLD prosecutor-max',
    ]);
  });
  test('must have measured what the rules limit', async () => {
    const fixture = await fresh({
      rules: RULES.replace('k: 2,', 'k: 2, population-uniqueness: 0.1, beta: 1,'),
    });
    fixture.riskRecord((r) => {
      r.perSensitive.disease.betaBasic = null;
    });
    await fixture.review();
    const found = await reasons(fixture);
    expect(found.map(({ code, values }) => `${code} ${values.measure}`)).toEqual([
      'E_RELEASE_NOT_MEASURED beta',
      'E_RELEASE_NOT_MEASURED population-uniqueness',
    ]);
  });
  test('needs a policy', async () => {
    const rules = RULES.replace(/^risk:.*\n/m, '');
    expect(await codes(await fresh({ rules }))).toEqual(['E_RISK_NO_THRESHOLD']);
  });
});

describe('direct identifiers', () => {
  const memos = ['연락처 010-1234-5678', 'a@b.kr 010-1234-5679'];
  test('are told by column and number of cells, never by value', async () => {
    const found = await reasons(await fresh({ csv: csvText(memos) }));
    expect(found.map(({ code, place, values }) => [code, place.column, values.cells])).toEqual([
      ['E_RELEASE_IDENTIFIER', 'memo', 2],
      ['E_RELEASE_IDENTIFIER', 'memo', 1],
    ]);
    for (const reason of found)
      expect(JSON.stringify([reason.line(), reason.values])).not.toMatch(/010-|a@b/);
  });
  test('may stand in a column that is declared to hold them', async () => {
    const holds = `  holds: [{ column: memo, identifier: email, reason: 공개된 주소 }]\n`;
    const rules = RULES.replace('memo: {', 'memo: { type: phone,') + holds;
    const { manifest } = await release((await fresh({ csv: csvText(memos), rules })).options());
    expect(manifest.holds).toEqual([{ column: 'memo', identifier: 'email', reason: '공개된 주소' }]);
  });
  test('may not stand in a column of their type that a technique changes', async () => {
    const rules = RULES.replace(
      'memo: { role: other, apply: keep',
      'memo: { type: phone, role: other, apply: { mask: { keep: { first: 1 } } }',
    );
    expect(rules).not.toBe(RULES);
    expect(await codes(await fresh({ csv: csvText(['010-1234-5678']), rules }))).toEqual([
      'E_RELEASE_IDENTIFIER',
    ]);
  });
  test('of another kind may not', async () => {
    const rules = RULES.replace('memo: {', 'memo: { type: email,');
    const found = await reasons(await fresh({ csv: csvText(memos), rules }));
    expect(found.map(({ values }) => values.identifier)).toEqual(['telephone number']);
  });
});

describe('the rules', () => {
  test.each([
    ['purpose', RULES.replace(/^purpose.*\n/m, '').replace(/^ {2}purpose.*\n/m, '')],
    ['period', RULES.replace(/^ {2}period.*\n/m, '')],
    ['tier', RULES.replace(/^ {2}tier.*\n/m, '')],
  ])('must state a %s', async (key, rules) => {
    const found = await reasons(await fresh({ rules }));
    expect(found.map(({ code, values }) => [code, values.key])).toEqual([
      ['E_RELEASE_NOT_STATED', `release: ${key}`],
    ]);
  });
  test('must state all of them', async () => {
    const rules = RULES.slice(0, RULES.indexOf('release:')).replace(/^purpose.*\n/m, '');
    expect(await codes(await fresh({ rules }))).toEqual(Array(3).fill('E_RELEASE_NOT_STATED'));
  });
  test('may state the purpose once', async () => {
    const rules = RULES.replace(/^ {2}purpose.*\n/m, '');
    const { manifest } = await release((await fresh({ rules })).options());
    expect(manifest.purpose.text).toBe('지역별 소득과 만성질환의 관계 연구');
  });
  test('must not be over', async () => {
    const rules = RULES.replace('2099-12-31', '2026-01-02');
    expect(await codes(await fresh({ rules }))).toEqual(['E_RELEASE_PERIOD']);
  });
  test('decide who may receive', async () => {
    const named = (name: string) => fresh({ rules: `${RULES}  recipients: [${name}]\n` });
    await release((await named('Demo Center')).options());
    await release((await named('gamyeong demo')).options());
    expect(await codes(await named('Another Center'))).toEqual(['E_RELEASE_RECIPIENT']);
  });
});

describe('reviews', () => {
  test.each([
    ['low', 1],
    ['medium', 2],
    ['high', 3],
  ])('of tier %s: %i are needed', async (tier, needed) => {
    const fixture = await fresh({ rules: RULES.replace('tier: low', `tier: ${tier}`) });
    rmSync(`${fixture.file}.reviews.json`);
    for (let i = 1; i <= needed; i++) {
      expect(await codes(fixture), `${i - 1} reviews`).toEqual(['E_RELEASE_REVIEW']);
      await fixture.review(`reviewer-${i}`);
    }
    await release(fixture.options());
  });
  /** What the reviews lack when this person signs the release. */
  const lacking = async (fixture: Releasable, person: string) => {
    const options = { sign: pki.file(`${person}.pem`), signKey: { key: pki.file(`${person}.key`) } };
    return (await reasons(fixture, options)).map(({ values }) => String(values.reason));
  };
  test.each([
    ['medium', 2],
    ['high', 3],
  ])('of tier %s: the signer of the release is not one of them', async (tier, needed) => {
    const fixture = await fresh({ rules: RULES.replace('tier: low', `tier: ${tier}`) });
    for (let i = 2; i <= needed; i++) await fixture.review(`reviewer-${i}`);
    expect(await lacking(fixture, 'reviewer-1')).toEqual([
      `${needed} reviewer(s) must find it adequate, ${needed - 1} do`,
      expect.stringMatching(
        /^the review of .*reviewer.* does not count: in this tier another than the signer/i,
      ),
    ]);
    await release(fixture.options());
  });
  test('of tier low: the signer may be the one who reviews', async () => {
    const fixture = await fresh();
    await release(
      fixture.options({ sign: pki.file('reviewer-1.pem'), signKey: { key: pki.file('reviewer-1.key') } }),
    );
  });
  test('count for the risk record that they saw', async () => {
    const fixture = await fresh();
    fixture.riskRecord((r) => {
      r.notes.push({ figure: 'k', reason: { en: 'x', ko: 'x' } });
    });
    expect(new Set(await codes(fixture))).toEqual(new Set(['E_RELEASE_REVIEW']));
  });
  test('that cannot be read are a reason', async () => {
    const fixture = await fresh();
    writeFileSync(`${fixture.file}.reviews.json`, '{');
    expect(await codes(fixture)).toEqual(['E_REVIEW_FORMAT']);
  });
});

describe('certificates', () => {
  test('each must be fit for its use', async () => {
    const fixture = await fresh();
    const swapped = {
      sign: pki.file('center.pem'),
      signKey: { key: pki.file('center.key') },
      to: [pki.file('steward.pem')],
    };
    expect(await codes(fixture, swapped)).toEqual(['E_CERT_USAGE', 'E_CERT_USAGE']);
  });
  test('each recipient must be trusted', async () => {
    const fixture = await fresh();
    const stranger = join(work.path, 'stranger.pem');
    writeFileSync(stranger, (await certificate('Stranger', { usages: ['keyAgreement'] })).pem);
    expect(await codes(fixture, { to: [pki.file('center.pem'), stranger] })).toEqual(['E_CERT_UNTRUSTED']);
  });
  test('must be in date', async () => {
    const fixture = await fresh();
    const later = new Date(Date.now() + 40 * 86_400_000);
    const found = await codes(fixture, { now: later });
    expect(found.filter((code) => code === 'E_CERT_EXPIRED')).toHaveLength(2);
  });
});

test('every reason is told at once', async () => {
  const rules = RULES.replace('2099-12-31', '2026-01-02').replace('k: 2', 'k: 9');
  const fixture = await fresh({ rules, csv: csvText(['800101-1234567']) });
  fixture.runRecord((r) => {
    r.output.bytes++;
  });
  rmSync(`${fixture.file}.reviews.json`);
  expect(await codes(fixture, { to: [pki.file('steward.pem')] })).toEqual([
    'E_RELEASE_RUN_OTHER',
    'E_RELEASE_THRESHOLD',
    'E_RELEASE_IDENTIFIER',
    'E_RELEASE_PERIOD',
    'E_RELEASE_REVIEW',
    'E_CERT_USAGE',
  ]);
});

test('a file that is not the one of its records has all of them against it', async () => {
  const fixture = await fresh();
  writeFileSync(fixture.file, readFileSync(fixture.file, 'utf8').replace('당뇨', '암'));
  expect(await codes(fixture)).toEqual(['E_RELEASE_RUN_OTHER', 'E_RELEASE_RISK_OTHER']);
});

test('a missing file is the environment, not a refusal', async () => {
  const fixture = await fresh();
  rmSync(fixture.file);
  await expect(release(fixture.options())).rejects.toMatchObject({ code: 'E_FILE_MISSING', exitCode: 6 });
});
