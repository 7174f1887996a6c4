import { dayNumber, isoDate, isoDay, isoSecond } from './calendar.ts';
import { drawComplaint, TOPICS } from './complaint-text.ts';
import { Draws, Weighted } from './draws.ts';
import { Population } from './population.ts';
import { drawSubject, type Shape } from './shape.ts';

const TOPIC_SHARES = new Weighted(TOPICS.map((topic) => [topic, topic.weight] as const));
const SATISFACTION = new Weighted([
  ['5', 28],
  ['4', 24],
  ['3', 16],
  ['2', 8],
  ['1', 9],
  ['', 45],
]);
const FIRST_DAY = dayNumber({ year: 2024, month: 1, day: 1 });
/** Two years (2024 is a leap year). */
const DAYS = 731;
const DAY = 86_400;

/** One record a complaint, with free text; several complaints a head of household. */
export const shape: Shape = {
  header: [
    'complaint_no',
    'member_id',
    'name',
    'birth',
    'address',
    'phone',
    'received_at',
    'category',
    'department',
    'content',
    'answered_on',
    'satisfaction',
  ],
  records(seed) {
    const population = new Population(seed);
    const source = new Draws(seed, 'civil-complaints');
    return (i) => {
      const draws = source.at(i);
      const person = population.head(drawSubject(draws, i, 0.5));
      const topic = TOPIC_SHARES.draw(draws);
      const received = (FIRST_DAY + draws.below(DAYS)) * DAY + draws.between(8 * 3600, 22 * 3600);
      const answered = draws.chance(0.9);
      const delay = Math.round(draws.logNormal(3 * DAY, 0.8));
      return [
        `C${String(i + 1).padStart(9, '0')}`,
        person.memberId,
        person.name,
        isoDate(person.birth),
        person.household.home.address,
        person.phone,
        isoSecond(received),
        topic.category,
        topic.department,
        drawComplaint(draws, topic, person),
        answered ? isoDay(Math.floor((received + delay) / DAY)) : '',
        answered ? SATISFACTION.draw(draws) : '',
      ];
    };
  },
};
