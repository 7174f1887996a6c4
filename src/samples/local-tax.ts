import { dayNumber, isoDate, isoDay } from './calendar.ts';
import { Draws, Weighted } from './draws.ts';
import { type Person, Population } from './population.ts';
import { drawSubject, type Shape } from './shape.ts';
import { drawCardNumber, drawPlate } from './unassigned.ts';

/** What a taxpayer owns and earns: drawn once a person. */
interface Wealth {
  /** Price of the house, won. */
  readonly house: number;
  /** Price of the car, won. */
  readonly car: number;
  /** Car tax for half a year, won. */
  readonly carTax: number;
  readonly plate: string;
  /** Won a year. */
  readonly income: number;
}

type MonthDay = readonly [month: number, day: number];

/** A local tax: what it is levied on, how much it is, and the days on which it falls due. */
interface Tax {
  readonly base?: (wealth: Wealth) => number;
  readonly amount: (wealth: Wealth) => number;
  readonly due: readonly MonthDay[];
}

const floorTo = (multiple: number, value: number) => Math.floor(value / multiple) * multiple;

const TAXES: Readonly<Record<string, Tax>> = {
  '재산세(주택)': {
    base: (wealth) => wealth.house,
    amount: (wealth) => floorTo(10, wealth.house * 0.6 * 0.0008 + 12_000),
    due: [
      [7, 31],
      [9, 30],
    ],
  },
  자동차세: {
    base: (wealth) => wealth.car,
    amount: (wealth) => wealth.carTax,
    due: [
      [6, 30],
      [12, 31],
    ],
  },
  주민세: { amount: () => 11_000, due: [[8, 31]] },
  지방소득세: {
    base: (wealth) => wealth.income,
    amount: (wealth) => floorTo(10, Math.max(0, wealth.income - 15e6) * 0.008),
    due: [[5, 31]],
  },
  취득세: {
    base: (wealth) => wealth.house,
    amount: (wealth) => floorTo(10, wealth.house * 0.013),
    due: [
      [3, 31],
      [10, 31],
    ],
  },
};
const SHARES = new Weighted([
  ['재산세(주택)', 34],
  ['자동차세', 28],
  ['주민세', 22],
  ['지방소득세', 13],
  ['취득세', 3],
]);

function drawWealth(draws: Draws, { income = 0 }: Person): Wealth {
  return {
    house: floorTo(1_000_000, draws.logNormal(210e6, 0.75)),
    car: floorTo(100_000, draws.logNormal(14e6, 0.7)),
    carTax: draws.between(40, 300) * 1000,
    plate: drawPlate(draws),
    income,
  };
}

/** The day of payment: before the due day, late, or not yet (undefined). */
function drawPaid(draws: Draws, due: number): number | undefined {
  const kind = draws.unit();
  if (kind < 0.91) return due - Math.floor(20 * draws.unit() ** 2);
  return kind < 0.97 ? due + draws.between(1, 120) : undefined;
}

/** One record a bill, several bills a head of household. */
export const shape: Shape = {
  header: [
    'bill_no',
    'resident_no',
    'member_id',
    'name',
    'birth',
    'address',
    'phone',
    'tax_item',
    'vehicle_no',
    'tax_base',
    'tax_amount',
    'due_on',
    'paid_on',
    'card_no',
  ],
  records(seed) {
    const population = new Population(seed);
    const source = new Draws(seed, 'local-tax');
    const wealths = new Draws(seed, 'wealth');
    return (i) => {
      const draws = source.at(i);
      const person = population.head(drawSubject(draws, i, 0.4));
      const item = SHARES.draw(draws);
      const tax = TAXES[item]!;
      const wealth = drawWealth(wealths.at(person.index), person);
      const [month, day] = draws.pick(tax.due);
      const due = dayNumber({ year: draws.between(2023, 2025), month, day });
      const paid = drawPaid(draws, due);
      return [
        `T${String(i + 1).padStart(9, '0')}`,
        person.residentNo,
        person.memberId,
        person.name,
        isoDate(person.birth),
        person.household.home.address,
        person.phone,
        item,
        item === '자동차세' ? wealth.plate : '',
        tax.base === undefined ? '' : String(tax.base(wealth)),
        String(tax.amount(wealth)),
        isoDay(due),
        paid === undefined ? '' : isoDay(paid),
        paid !== undefined && draws.chance(0.35) ? drawCardNumber(draws) : '',
      ];
    };
  },
};
