import { type Draws, Weighted } from './draws.ts';
import { REGIONS, type Sido, type Sigungu } from './regions.ts';

/** Where a household lives. */
export interface Home {
  readonly sido: Sido;
  /** Dong, or `eup/myeon ri`. */
  readonly place: string;
  readonly road: string;
  /** One of the forms that registers hold: road name with or without a flat, or lot number. */
  readonly address: string;
}

const sidoByWeight = new Weighted(REGIONS.map((sido) => [sido, sido.weight] as const));
const sigunguByWeight = new Map<Sido, Weighted<Sigungu>>(
  REGIONS.map((sido) => [sido, new Weighted(sido.sigungu.map((entry) => [entry, entry[1]] as const))]),
);
const COMPLEXES = [
  '한빛마을',
  '푸른숲',
  '은하수',
  '해오름',
  '가온',
  '새솔',
  '늘봄',
  '다온',
  '별하',
  '큰나래',
];

/** Draws a home by population weight. */
export function drawHome(draws: Draws): Home {
  const sido = sidoByWeight.draw(draws);
  const [sigungu, , places, roads] = sigunguByWeight.get(sido)!.draw(draws);
  const place = draws.pick(places);
  const road = draws.pick(roads);
  const region = [draws.chance(0.03) ? sido.short : sido.name, sigungu].filter(Boolean).join(' ');
  return { sido, place, road, address: `${region} ${drawInside(draws, place, road)}` };
}

/** The part of an address after the si/gun/gu. */
function drawInside(draws: Draws, place: string, road: string): string {
  const form = draws.unit();
  if (form < 0.12) return `${place} ${drawNumber(draws, 1200)}`;
  const [town, ri] = place.split(' ');
  const street = `${ri === undefined ? '' : `${town} `}${road} ${drawNumber(draws, 400)}`;
  const flat = `${draws.between(101, 118)}동 ${draws.between(1, 20)}0${draws.between(1, 4)}호`;
  if (ri !== undefined) return form < 0.5 ? street : `${street}, ${flat}`;
  if (form < 0.4) return `${street} (${place})`;
  return `${street}, ${flat} (${place}, ${draws.pick(COMPLEXES)}아파트)`;
}

function drawNumber(draws: Draws, highest: number): string {
  const number = String(draws.between(1, highest));
  return draws.chance(0.25) ? `${number}-${draws.between(1, 30)}` : number;
}
