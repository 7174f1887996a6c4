import type { Draws } from './draws.ts';

/** A kind of export: a header and an endless sequence of records. */
export interface Shape {
  readonly header: readonly string[];
  /** Record i (from 0) is a function of the seed and i, whatever was asked for before. */
  records(seed: number): (i: number) => readonly string[];
}

/** How many people the first record may be about. */
const FIRST_PEOPLE = 40;

/**
 * Which of an endless line of people record i is about: one of the first 40 + share · i, all equally likely.
 * So newcomers keep coming, and a person's records grow with the logarithm of the file's length.
 */
export function drawSubject(draws: Draws, i: number, share: number): number {
  return Math.floor(draws.unit() * (FIRST_PEOPLE + share * i));
}

export const SEX_LABEL = { male: '남', female: '여' } as const;
