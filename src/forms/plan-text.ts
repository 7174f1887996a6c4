type Params = Readonly<Record<string, unknown>>;

const LEVELS: Readonly<Record<string, string>> = {
  sido: '시·도',
  sigungu: '시·군·구',
  'eup-myeon-dong': '읍·면·동',
  year: '연',
  half: '반기',
  quarter: '분기',
  month: '월',
  week: '주',
  day: '일',
  hour: '시',
};
const level = (name: unknown) => LEVELS[String(name)] ?? String(name);

const ROUNDING: Readonly<Record<string, string>> = { nearest: '반올림', down: '내림', up: '올림' };
const DISTRIBUTIONS: Readonly<Record<string, string>> = {
  laplace: '라플라스',
  gaussian: '정규',
  uniform: '균등',
};

/**
 * What a technique does in the words of the plans in the guideline (부분삭제, 일반라운딩, 상단코딩, …). Levels and
 * multiples are those that the result keeps.
 */
const TEXTS: Readonly<Record<string, (params: Params) => string>> = {
  keep: () => '미적용',
  drop: () => '삭제',
  redact: () => '삭제(빈 값)',
  replace: () => '대체-단일 값',
  'keyed-hash': ({ bits }) => `일방향 암호화(HMAC-SHA-256, ${bits ?? 256}비트)-동일인 구별`,
  mask: maskText,
  generalize: generalizeText,
  'date-truncate': ({ to }) => `부분삭제-${level(to)} 단위까지 남김`,
  'date-shift': ({ 'max-days': most }) => `잡음 추가-정보주체별 같은 일수 이동(최대 ${most}일)`,
  round: ({ 'multiple-of': multiple, mode = 'nearest' }) =>
    mode === 'random'
      ? `랜덤라운딩-${multiple} 단위`
      : `일반라운딩-${multiple} 단위 ${ROUNDING[String(mode)] ?? mode}`,
  'top-bottom-code': ({ top, bottom }) =>
    [top !== undefined && `상단코딩 ${top} 이상`, bottom !== undefined && `하단코딩 ${bottom} 이하`]
      .filter(Boolean)
      .join(', '),
  noise: ({ distribution, scale }) =>
    `잡음 추가-${DISTRIBUTIONS[String(distribution)] ?? distribution} 분포, 크기 ${scale}`,
  ip: ({ truncate }) =>
    truncate === undefined ? '대체-대역을 보존하는 가명 주소(Crypto-PAn)' : '부분삭제-네트워크까지 남김',
  sample: ({ share }) => `표본추출-${Number((Number(share) * 100).toPrecision(6))}%`,
  'suppress-row': () => '행 항목 삭제-조건에 맞는 행',
};

function maskText({ keep, template, email, phone }: Params): string {
  const { first = 0, last = 0 } = (keep ?? {}) as { first?: number; last?: number };
  if (keep !== undefined) {
    const parts = [first > 0 && `앞 ${first}자`, last > 0 && `뒤 ${last}자`].filter(Boolean).join(', ');
    return `마스킹-${parts === '' ? '전체' : `${parts} 남김`}`;
  }
  if (email !== undefined) return '마스킹-도메인 남김';
  if (phone !== undefined) return '마스킹-지역·서비스 번호 남김';
  return template !== undefined ? '마스킹-정해진 자리' : '마스킹-정규식에 맞는 부분';
}

function generalizeText(params: Params): string {
  const { address, table, bins } = params;
  const band = params['age-band'] as Params | undefined;
  if (address !== undefined) return `부분삭제-${level(address)}까지 남김`;
  if (table !== undefined) return `문자데이터 범주화-${(table as Params).level ?? 1}단계`;
  if (band !== undefined) {
    const ends = [
      band.bottom !== undefined && `${band.bottom}세 미만`,
      band.top !== undefined && `${band.top}세 이상`,
    ].filter(Boolean);
    return `범위 방법-${band.width}세 단위 연령대${ends.length > 0 ? `(${ends.join(', ')}은 묶음)` : ''}`;
  }
  return bins === undefined ? '범위 방법-구간' : '범위 방법-정한 구간';
}

/** One technique as a plan says it. */
export function techniqueText(technique: string, params: unknown): string {
  return TEXTS[technique]?.((params ?? {}) as Params) ?? technique;
}
