import type { Draws } from './draws.ts';
import type { Person } from './population.ts';

/** A kind of complaint: the department that answers it and how people word it. `{…}` is filled in. */
export interface Topic {
  readonly category: string;
  readonly department: string;
  readonly weight: number;
  readonly sentences: readonly string[];
}

export const TOPICS: readonly Topic[] = [
  {
    category: '불법주정차',
    department: '교통행정과',
    weight: 24,
    sentences: [
      '{road} {number} 앞 횡단보도에 매일 {hour}시쯤 차량이 서 있어 위험합니다.',
      '{place} 어린이집 앞 소화전에 {minutes}분 넘게 주차된 차량을 단속해 주세요.',
      '{road} 버스 정류장에 불법 주차가 심해 버스를 차도에서 타고 있습니다.',
    ],
  },
  {
    category: '소음',
    department: '환경과',
    weight: 14,
    sentences: [
      '{place} 공사장에서 오전 {early}시부터 소음이 나서 아이가 잠을 자지 못합니다.',
      '위층 층간소음 때문에 여러 번 말씀드렸지만 "알겠다"는 대답뿐입니다.',
      '{road} 인근 가게의 음악 소리가 밤 {late}시 이후에도 계속됩니다.',
    ],
  },
  {
    category: '쓰레기',
    department: '자원순환과',
    weight: 13,
    sentences: [
      '{road} {number} 옆 공터에 생활 쓰레기가 {days}일째 쌓여 악취가 납니다.',
      '{place} 분리수거장에 대형 폐기물이 무단으로 버려져 있습니다.',
    ],
  },
  {
    category: '도로·시설물',
    department: '도로과',
    weight: 16,
    sentences: [
      '{road} {number} 앞 보도블록이 깨져 어르신이 넘어질 뻔했습니다.',
      '{place} 가로등 {few}개가 {days}일째 켜지지 않아 밤길이 어둡습니다.',
      '{road}에 포트홀이 있어 자전거 사고가 날 뻔했습니다.',
    ],
  },
  {
    category: '복지',
    department: '복지정책과',
    weight: 12,
    sentences: [
      '혼자 사시는 어머니가 기초연금을 받을 수 있는지 문의드립니다.',
      '지난달 주거급여가 {days}일 늦게 들어왔는데 사유를 알고 싶습니다.',
      '가족이 {disease} 진단을 받아 긴급복지 지원을 신청하고 싶습니다.',
    ],
  },
  {
    category: '세금',
    department: '세무과',
    weight: 10,
    sentences: [
      '자동차를 이미 폐차했는데 자동차세 고지서가 나왔습니다. 확인 부탁드립니다.',
      '재산세를 두 번 낸 것 같습니다. 환급 절차를 알려 주세요.',
    ],
  },
  {
    category: '동물',
    department: '농축산과',
    weight: 6,
    sentences: [
      '{place} 놀이터에 목줄 없는 큰 개가 돌아다녀 아이들이 무서워합니다.',
      '{road} {number} 근처에 다친 고양이가 있습니다. 구조를 요청합니다.',
    ],
  },
  {
    category: '칭찬·제안',
    department: '민원과',
    weight: 5,
    sentences: [
      '{place} 주민센터 직원분이 "제가 끝까지 확인해 드릴게요"라고 하시며 친절히 도와주셨습니다.',
      '{road}에 나무 그늘이 있는 의자를 더 놓아 주시면 좋겠습니다.',
    ],
  },
];

const CLOSINGS = ['빠른 조치 부탁드립니다.', '확인 후 답변 바랍니다.', '현장을 한번 봐 주세요.'];
const DISEASES = ['암', '치매', '뇌졸중', '우울증', '당뇨병'];

/**
 * What someone writes: one or two sentences, at times in several lines, and in about a third of the texts with
 * the writer's own name, number or birth, as happens in free text.
 */
export function drawComplaint(draws: Draws, topic: Topic, person: Person): string {
  const request = fill(draws, draws.pick(topic.sentences), person);
  const gap = draws.chance(0.2) ? '\n' : ' ';
  const text = draws.chance(0.3) ? `${request}${gap}${draws.pick(CLOSINGS)}` : request;
  const trace = draws.unit();
  if (trace < 0.14 && person.phone) return `${text} 연락처는 ${person.phone}입니다.`;
  if (trace < 0.26) return `${text}\n\n${person.name} 드림`;
  if (trace < 0.31) return `안녕하세요, ${person.birth.year}년생 ${person.name}입니다. ${text}`;
  return text;
}

function fill(draws: Draws, sentence: string, person: Person): string {
  const { place, road } = person.household.home;
  const fillers: Readonly<Record<string, () => string>> = {
    place: () => place,
    road: () => road,
    number: () => String(draws.between(1, 300)),
    hour: () => String(draws.between(7, 20)),
    early: () => String(draws.between(5, 7)),
    late: () => String(draws.between(10, 12)),
    minutes: () => String(draws.between(2, 12) * 10),
    days: () => String(draws.between(2, 20)),
    few: () => String(draws.between(2, 6)),
    disease: () => draws.pick(DISEASES),
  };
  return sentence.replace(/\{(\w+)\}/g, (_, slot: string) => fillers[slot]!());
}
