import { z } from 'zod';
import type { Text } from '../messages/language.ts';
import { IDENTIFIERS } from '../release/identifiers.ts';
import { issue } from '../techniques/technique.ts';

/** What a column's cells are; techniques and warnings of `check` rest on it. */
export const COLUMN_TYPES = [
  'rrn',
  'name',
  'date',
  'address-kr',
  'number',
  'phone',
  'email',
  'ip',
  'text',
  'category',
] as const;

/** Both languages in one description: the JSON Schema shows it in editors. */
const about = (text: Text) => `${text.en} · ${text.ko}`;

/** Longest record accepted when the rules do not say: 16 MiB. */
const DEFAULT_MAX_RECORD_BYTES = 16 * 1024 * 1024;

const columnName = z.string().min(1);
const columnNames = z
  .array(columnName)
  .refine(
    (names) => new Set(names).size === names.length,
    issue({ en: 'a column stands here twice', ko: '같은 열이 두 번 나옵니다' }),
  )
  .meta({ uniqueItems: true });

const SEPARATOR = /^(?:\t|[^\p{Cc}\uFEFF]){1,8}$/u;
const ONE_CHARACTER = /^[^\p{Cc}\uFEFF]$/u;

const input = z
  .strictObject({
    encoding: z.enum(['utf-8', 'cp949']).default('utf-8'),
    delimiter: z.string().regex(SEPARATOR).default(','),
    quote: z.string().regex(ONE_CHARACTER).default('"'),
    escape: z
      .string()
      .regex(ONE_CHARACTER)
      .optional()
      .describe(
        about({
          en: 'What precedes a quote inside a quoted cell; the quote itself by default (RFC 4180).',
          ko: '따옴표로 묶인 값 안의 따옴표 앞에 놓이는 문자. 기본값은 따옴표 자신(RFC 4180).',
        }),
      ),
    comment: z
      .string()
      .regex(SEPARATOR)
      .optional()
      .describe(
        about({ en: 'Lines starting with it are left out.', ko: '이것으로 시작하는 줄은 제외한다.' }),
      ),
    header: z.literal(true).default(true),
    'max-record-bytes': z
      .int()
      .min(1024)
      .max(256 * 1024 * 1024)
      .default(DEFAULT_MAX_RECORD_BYTES),
  })
  .refine(
    (dialect) => !dialect.delimiter.includes(dialect.quote),
    issue({ en: 'the delimiter holds the quote', ko: '구분자에 따옴표가 들어 있습니다' }, ['delimiter']),
  )
  .refine(
    (dialect) => dialect.escape === undefined || !dialect.delimiter.includes(dialect.escape),
    issue({ en: 'the delimiter holds the escape', ko: '구분자에 이스케이프 문자가 들어 있습니다' }, [
      'escape',
    ]),
  )
  .refine(
    ({ comment, delimiter, quote }) =>
      comment === undefined || (!comment.startsWith(delimiter) && !comment.startsWith(quote)),
    issue(
      {
        en: 'the comment mark starts with the delimiter or the quote',
        ko: '주석 표시가 구분자나 따옴표로 시작합니다',
      },
      ['comment'],
    ),
  )
  .describe(about({ en: 'How the input is written.', ko: '입력 파일의 형식.' }));

const output = z
  .strictObject({
    encoding: z.enum(['utf-8', 'utf-8-bom', 'cp949']).default('utf-8'),
    newline: z.enum(['lf', 'crlf', 'as-header']).default('as-header'),
  })
  .describe(about({ en: 'How the output is written.', ko: '출력 파일의 형식.' }));

/** Stands for what `steps.ts` checks; `json-schema.ts` puts the techniques here. */
export const applySchema = z.unknown();
export const rowsSchema = z.array(z.unknown());

const column = z
  .strictObject({
    type: z.enum(COLUMN_TYPES).optional(),
    role: z.enum(['direct', 'quasi', 'sensitive', 'other']).describe(
      about({
        en: 'Direct identifier, quasi-identifier, sensitive attribute, or other.',
        ko: '식별자, 준식별자, 민감속성, 기타.',
      }),
    ),
    domain: z
      .string()
      .min(1)
      .optional()
      .describe(
        about({
          en: 'Scope in which the tokens of this column link; that of the rules by default.',
          ko: '이 열의 토큰이 서로 연결되는 범위. 기본값은 규칙 전체의 domain.',
        }),
      ),
    'legal-basis': z
      .string()
      .min(1)
      .optional()
      .describe(
        about({
          en: 'The law that permits treating a resident registration number other than dropping it.',
          ko: '주민등록번호를 삭제하지 않고 처리할 수 있는 법적 근거.',
        }),
      ),
    apply: applySchema,
  })
  .describe(about({ en: 'What happens to one column.', ko: '열 하나의 처리 방법.' }));

const share = z.number().min(0).max(1);
const count = z.int().min(1);

/** Limits of the gate, by measure. Lower bounds: k, l, l-entropy; all others are upper bounds. */
const thresholds = z.strictObject({
  k: count.optional(),
  l: count.optional(),
  'l-entropy': z.number().min(1).optional(),
  t: share.optional(),
  't-ordered': share.optional(),
  't-hierarchical': share.optional(),
  alpha: share.optional(),
  beta: z.number().min(0).optional(),
  delta: z.number().min(0).optional(),
  'prosecutor-max': share.optional(),
  'prosecutor-average': share.optional(),
  'records-at-risk': share.optional(),
  'journalist-max': share.optional(),
  marketer: share.optional(),
  'population-uniqueness': share.optional(),
  'sample-uniqueness': share.optional(),
});

const enforce = z
  .strictObject({
    recode: z
      .array(z.strictObject({ column: columnName, apply: applySchema }))
      .default([])
      .describe(
        about({
          en: 'Global recoding: coarser steps for whole columns, tried in order. They take the released values.',
          ko: '전역 재코딩: 열 전체를 더 거칠게 하는 단계. 순서대로 적용하며 처리된 값을 다시 바꾼다.',
        }),
      ),
    suppress: z.enum(['cells', 'rows']).describe(
      about({
        en: 'Local suppression of what is left: the fewest quasi-identifier cells, or whole records.',
        ko: '남은 레코드의 국소 삭제: 준식별자 값을 가장 적게 비우거나(cells) 레코드를 통째로 뺀다(rows).',
      }),
    ),
    'suppression-limit': share.describe(
      about({
        en: 'Share of the records that suppression may touch; beyond it there is no output.',
        ko: '국소 삭제의 대상이 될 수 있는 레코드의 최대 비율. 넘으면 출력을 쓰지 않는다.',
      }),
    ),
  })
  .describe(
    about({
      en: 'How run makes the output hold the thresholds, where it does not yet.',
      ko: '출력이 기준값에 미치지 못할 때 run이 기준값을 지키게 하는 방법.',
    }),
  );

const risk = z
  .strictObject({
    'quasi-identifiers': columnNames
      .optional()
      .describe(about({ en: 'By default the columns with role quasi.', ko: '기본값은 role이 quasi인 열.' })),
    sensitive: columnNames
      .optional()
      .describe(
        about({ en: 'By default the columns with role sensitive.', ko: '기본값은 role이 sensitive인 열.' }),
      ),
    thresholds: thresholds.default({}),
    enforce: enforce.optional(),
  })
  .describe(about({ en: 'What is measured, and the limits of release.', ko: '측정 대상과 반출 기준.' }));

const release = z
  .strictObject({
    purpose: z.string().min(1).optional(),
    period: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).optional(),
    tier: z.enum(['low', 'medium', 'high']).optional(),
    recipients: z.array(z.string().min(1)).optional(),
    holds: z
      .array(
        z.strictObject({
          column: columnName,
          identifier: z.enum(IDENTIFIERS),
          reason: z.string().min(1),
        }),
      )
      .optional()
      .describe(
        about({
          en: 'Columns of the output that hold, or look like, a direct identifier, and why they may.',
          ko: '식별자를 담거나 식별자처럼 보이는 출력 열과 그 사유.',
        }),
      ),
  })
  .refine(
    ({ period }) => period === undefined || period.from <= period.to,
    issue({ en: 'the period ends before it starts', ko: '기간의 끝이 시작보다 앞섭니다' }, ['period']),
  )
  .describe(about({ en: 'For whom, for what and for how long.', ko: '제공받는 자, 목적, 기간.' }));

/** The rules file, version 1, as written. `apply` and `rows` are checked technique by technique. */
export const rulesSchema = z.strictObject({
  $schema: z
    .string()
    .optional()
    .describe(about({ en: 'For editors.', ko: '편집기용.' })),
  version: z.literal(1),
  name: z
    .string()
    .min(1)
    .describe(about({ en: 'Name of these rules.', ko: '규칙의 이름.' })),
  purpose: z
    .strictObject({ kind: z.enum(['statistics', 'research', 'archiving']), text: z.string().min(1) })
    .optional()
    .describe(
      about({
        en: 'Why the data is pseudonymized: statistics, scientific research, or archiving in the public interest.',
        ko: '가명처리 목적: 통계작성, 과학적 연구, 공익적 기록보존.',
      }),
    ),
  domain: z
    .string()
    .min(1)
    .describe(
      about({
        en: 'Scope in which tokens link: same key and same domain, same token.',
        ko: '토큰이 연결되는 범위: 키와 domain이 같으면 같은 토큰.',
      }),
    ),
  'record-key': columnNames
    .min(1)
    .optional()
    .describe(
      about({
        en: 'Columns whose cells tell one record from another in keyed draws; all columns by default.',
        ko: '키 기반 난수에서 레코드를 구분하는 열. 기본값은 모든 열.',
      }),
    ),
  input: input.prefault({}),
  output: output.prefault({}),
  rows: rowsSchema
    .default([])
    .describe(about({ en: 'Rules over whole records, in order.', ko: '레코드 단위 규칙. 순서대로 적용.' })),
  columns: z
    .record(columnName, column)
    .refine(
      (columns) => Object.keys(columns).length > 0,
      issue({ en: 'at least one column is needed', ko: '열이 하나 이상 있어야 합니다' }),
    )
    .meta({
      description: about({
        en: 'One entry for every column of the input.',
        ko: '입력의 모든 열마다 하나씩.',
      }),
      minProperties: 1,
    }),
  risk: risk.prefault({}),
  release: release.optional(),
});

export type WrittenRules = z.output<typeof rulesSchema>;
