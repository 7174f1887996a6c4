import { faker } from '@faker-js/faker/locale/ko';
import { dayNumber, isoSecond } from './calendar.ts';
import { Draws, Weighted } from './draws.ts';
import { Population } from './population.ts';
import { drawSubject, type Shape } from './shape.ts';
import { drawDocumentationIPv4, drawDocumentationIPv6 } from './unassigned.ts';

interface EventType {
  readonly type: string;
  readonly severity: string;
  readonly port: number;
  /** From outside, before anyone has logged in. */
  readonly external: boolean;
  /** Share that is blocked or refused. */
  readonly refused: number;
}

const event = (
  type: string,
  severity: string,
  port: number,
  refused: number,
  external = false,
): EventType => ({
  type,
  severity,
  port,
  external,
  refused,
});
const EVENTS = new Weighted([
  [event('로그인', '정보', 443, 0.04), 42],
  [event('파일 내려받기', '정보', 445, 0.02), 18],
  [event('개인정보 조회', '주의', 1521, 0.01), 14],
  [event('이동식 매체 사용', '주의', 445, 0.35), 5],
  [event('권한 변경', '경고', 443, 0.1), 2],
  [event('비밀번호 오류', '주의', 443, 1), 6],
  [event('포트 스캔', '경고', 22, 0.98, true), 6],
  [event('SQL 삽입 시도', '심각', 443, 0.97, true), 4],
  [event('악성코드 탐지', '심각', 80, 0.95, true), 3],
]);
const DEPARTMENTS = [
  '총무과',
  '세무과',
  '민원과',
  '복지정책과',
  '교통행정과',
  '정보통신과',
  '건축과',
  '보건소',
];
const FIRST_SECOND = dayNumber({ year: 2025, month: 3, day: 1 }) * 86_400;
/** Mean seconds from one event to the next. */
const STEP = 24;
const USER_AGENTS = 300;

/** What stays the same for a member of staff. */
interface Seat {
  readonly userId: string;
  readonly department: string;
  readonly ip: string;
  readonly userAgent: string;
}

function fakeUserAgents(seed: number): readonly string[] {
  faker.seed(seed);
  return faker.helpers.uniqueArray(() => faker.internet.userAgent(), USER_AGENTS);
}

/** A private address (RFC 1918), or IPv6 for documentation. */
function drawInternalAddress(draws: Draws): string {
  const host = draws.between(1, 0xffff);
  if (draws.chance(0.25)) return `2001:db8:10:${draws.between(1, 40).toString(16)}::${host.toString(16)}`;
  return `10.${draws.between(10, 29)}.${host >> 8}.${draws.between(1, 254)}`;
}

function drawServer(draws: Draws): string {
  return draws.chance(0.15)
    ? `2001:db8:1::${draws.between(1, 30).toString(16)}`
    : `192.168.${draws.between(1, 4)}.${draws.between(1, 60)}`;
}

/** One record an event, about in the order of time; many events a member of staff, none known for attacks from outside. */
export const shape: Shape = {
  header: [
    'event_id',
    'occurred_at',
    'user_id',
    'name',
    'department',
    'src_ip',
    'src_port',
    'dst_ip',
    'dst_port',
    'event_type',
    'severity',
    'action',
    'user_agent',
  ],
  records(seed) {
    const population = new Population(seed);
    const userAgents = fakeUserAgents(seed);
    const source = new Draws(seed, 'security-events');
    const seats = new Draws(seed, 'seat');
    const drawSeat = (draws: Draws, index: number): Seat => ({
      userId: `u${String((index * 7919 + 1234) % 1_000_000).padStart(6, '0')}`,
      department: draws.pick(DEPARTMENTS),
      ip: drawInternalAddress(draws),
      userAgent: draws.pick(userAgents),
    });
    return (i) => {
      const draws = source.at(i);
      const kind = EVENTS.draw(draws);
      const second = FIRST_SECOND + i * STEP + draws.below(3 * STEP);
      const member = drawSubject(draws, i, 0.04);
      const seat = drawSeat(seats.at(member), member);
      const outside = draws.chance(0.3) ? drawDocumentationIPv6(draws) : drawDocumentationIPv4(draws);
      const refused = draws.chance(kind.refused);
      return [
        `E${String(i + 1).padStart(10, '0')}`,
        `${isoSecond(second).replace(' ', 'T')}+09:00`,
        kind.external ? '' : seat.userId,
        kind.external ? '' : population.head(member).name,
        kind.external ? '' : seat.department,
        kind.external ? outside : seat.ip,
        String(draws.between(49_152, 65_535)),
        drawServer(draws),
        String(kind.port),
        kind.type,
        kind.severity,
        refused ? '차단' : '허용',
        kind.external ? (draws.chance(0.5) ? draws.pick(userAgents) : '') : seat.userAgent,
      ];
    };
  },
};
