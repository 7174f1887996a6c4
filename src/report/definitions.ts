import type { Text } from '../messages/language.ts';

/** What a figure means, where it comes from, and what it does not say. */
export interface Definition {
  readonly name: Text;
  readonly formula: string;
  readonly source: string;
  readonly caution: Text;
}

/** Definitions of every figure of the report. f: size of a record's class; F: its size in the population. */
export const DEFINITIONS: readonly Definition[] = [
  {
    name: { en: 'k-anonymity, highest risk', ko: 'k-익명성, 최대 위험' },
    formula: 'k = min f;  1 / k',
    source: 'Sweeney, k-anonymity (2002)',
    caution: {
      en: 'Protects against being singled out by the named quasi-identifiers only. It says nothing about sensitive values that a whole class shares.',
      ko: '지정한 준식별자로 개인을 골라내는 것만 막는다. 동질집합 전체가 같은 민감값을 갖는 경우는 말해 주지 않는다.',
    },
  },
  {
    name: { en: 'Average risk (prosecutor)', ko: '평균 위험(표적 공격자)' },
    formula: 'u / n = (1/n) Σ 1/f',
    source: 'El Emam, Guide to the De-Identification of Personal Health Information (2013)',
    caution: {
      en: 'Assumes that the attacker knows that the person is in the file. A low average can hide single records of high risk.',
      ko: '공격자가 대상자의 포함 여부를 안다고 가정한다. 평균이 낮아도 위험이 큰 레코드가 있을 수 있다.',
    },
  },
  {
    name: { en: 'Records at risk', ko: '위험 레코드' },
    formula: '#{records: 1/f > τ} / n',
    source: 'El Emam (2013)',
    caution: { en: 'Depends on the threshold τ.', ko: '기준 τ에 따라 달라진다.' },
  },
  {
    name: { en: 'l-diversity', ko: 'l-다양성' },
    formula: 'distinct: min #values;  entropy: min exp(−Σ q ln q);  recursive: max r₁ / Σ_{j≥l} r_j',
    source: 'Machanavajjhala et al., l-Diversity (2007)',
    caution: {
      en: 'Values may be different and still mean the same thing, e.g. two kinds of cancer.',
      ko: '값이 달라도 의미가 비슷할 수 있다(예: 두 종류의 암).',
    },
  },
  {
    name: { en: 't-closeness', ko: 't-근접성' },
    formula:
      'equal: max ½Σ|q−p|;  ordered: max Σ|Σ(q−p)|/(m−1);  hierarchical: earth mover’s distance over a hierarchy',
    source: 'Li, Li, Venkatasubramanian, t-Closeness (2007)',
    caution: {
      en: 'p is the distribution of the reference: the file itself unless another was given.',
      ko: 'p는 기준 분포이며, 따로 주지 않으면 파일 자신의 분포이다.',
    },
  },
  {
    name: { en: 'α, β-likeness, δ-disclosure', ko: 'α, β-유사성, δ-노출' },
    formula: 'α = max q;  β = max (q−p)/p over q > p;  δ = max |ln(q/p)|',
    source: 'Wong et al. (2006); Cao, Karras (2012); Brickell, Shmatikov (2008)',
    caution: {
      en: 'Rare values dominate β and δ; both become infinite for a value that the reference has not.',
      ko: 'β와 δ는 드문 값에 좌우되며, 기준 분포에 없는 값이 있으면 무한대가 된다.',
    },
  },
  {
    name: { en: 'Journalist and marketer risk', ko: '불특정 공격자와 대량 연결 공격자의 위험' },
    formula: 'journalist: 1/min F, max(u/ΣF, Σ(f/F)/n);  marketer: Σ(f/F)/n',
    source: 'El Emam (2013)',
    caution: {
      en: 'As good as the population table. With a fraction alone, every class is taken to grow alike.',
      ko: '모집단 표의 품질에 달려 있다. 비율만 주면 모든 동질집합이 같은 비율로 커진다고 본다.',
    },
  },
  {
    name: { en: 'δ-presence, k-map', ko: 'δ-존재성, k-맵' },
    formula: 'min and max f/F;  min F',
    source: 'Nergiz, Atzori, Clifton (2007); Sweeney (2001)',
    caution: {
      en: 'Needs a table of everyone the file was drawn from.',
      ko: '파일이 추출된 모집단 전체의 표가 필요하다.',
    },
  },
  {
    name: { en: 'Population uniqueness', ko: '모집단 유일성' },
    formula:
      'Zayatz: S₁²h(1) / (π N Σ Sᵢh(i));  Pitman: N^(α−1) Γ(θ+1)/Γ(θ+α);  Dankar: Pitman up to π = 0.1, else Zayatz',
    source: 'Zayatz (1991); Hoshino (2001); Dankar et al. (2012)',
    caution: {
      en: 'Estimates from a model: the file must be a random sample. They may be far off for other files.',
      ko: '모형에 따른 추정값으로, 파일이 무작위 표본이어야 한다. 아니면 크게 빗나갈 수 있다.',
    },
  },
  {
    name: { en: 'Distinction and separation', ko: '구별도와 분리도' },
    formula: 'distinct combinations / n;  share of pairs of records that differ',
    source: 'Motwani, Xu (2007)',
    caution: {
      en: 'Describe columns, not persons: high values mark columns to generalize first.',
      ko: '사람이 아니라 열의 성질이다. 값이 큰 열부터 일반화할 대상이다.',
    },
  },
  {
    name: { en: 'Individual and household risk', ko: '개인 위험과 가구 위험' },
    formula: 'r = E[1/F | f], p = f/Σw;  household: 1 − Π(1−r)',
    source: 'Benedetti, Franconi (1998)',
    caution: {
      en: 'Rests on the sampling weights; with few records a class the estimate is rough.',
      ko: '표본 가중치에 의존하며, 동질집합이 작으면 추정이 거칠다.',
    },
  },
  {
    name: { en: 'Special uniques (SUDA)', ko: '특수 유일값(SUDA)' },
    formula: 'Σ over minimal sample uniques of size s: (V−s)! or (2^(V−s)−1)/C(V,s);  DIS = Uφ/(Uφ+2P(1−φ))',
    source: 'Elliot, Manning, Ford (2002); Skinner, Elliot (2002)',
    caution: {
      en: 'Scores rank records within one file; they cannot be compared between files.',
      ko: '점수는 한 파일 안에서 순위를 매길 뿐, 다른 파일과 비교할 수 없다.',
    },
  },
  {
    name: { en: 'Interval disclosure and record linkage', ko: '구간 노출과 레코드 연결' },
    formula: '|x − x′| ≤ k·sd(x′) in every numeric column;  nearest original is the own one',
    source: 'Mateo-Sanz, Sebé, Domingo-Ferrer (2004); Domingo-Ferrer, Torra (2001)',
    caution: {
      en: 'Supposes an attacker who has the original: an upper bound.',
      ko: '원본을 가진 공격자를 가정한 상한이다.',
    },
  },
  {
    name: { en: 'Utility', ko: '유용성' },
    formula:
      'discernibility Σf² + suppressed·n;  C_avg = n/(u·k);  granularity;  precision;  −Σ log₂(share in/share out);  classification metric',
    source:
      'Bayardo, Agrawal (2005); LeFevre et al. (2006); Iyengar (2002); Sweeney (2002); Gionis, Tassa (2009)',
    caution: {
      en: 'General measures: whether a given analysis still works must be tried.',
      ko: '일반적인 지표이며, 특정 분석이 가능한지는 직접 확인해야 한다.',
    },
  },
];
