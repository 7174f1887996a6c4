import { afterAll, expect, it } from 'vitest';
import { Workplace } from '../e2e/process.ts';

const place = new Workplace();
afterAll(() => place.remove());

it('tells an error that nobody caught without its message, which Node would print', async () => {
  const args = ['sample', 'resident-register', '--rows', '20000', '--out', 'out.csv'];
  const { status, stderr } = await place.run(args, { preload: 'uncaught.mjs' });
  expect(stderr).toBe(
    'gamyeong: E_INTERNAL: an internal error (Error). Please report it; no output was written.\n',
  );
  expect(status).toBe(1);
  expect(place.has('out.csv')).toBe(false);
});
