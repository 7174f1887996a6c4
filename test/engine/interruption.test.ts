import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { unlessInterrupted } from '../../src/engine/interruption.ts';

const never = new Promise<never>(() => {});

it('passes on what the work gives, and leaves nothing on the signal', async () => {
  const { signal } = new AbortController();
  expect(await unlessInterrupted(signal, Promise.resolve(7))).toBe(7);
  await expect(unlessInterrupted(signal, Promise.reject(new Error('x')))).rejects.toThrow('x');
  expect(await unlessInterrupted(undefined, Promise.resolve(8))).toBe(8);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

it('ends the wait when the signal is given, or was given before', async () => {
  const controller = new AbortController();
  const waiting = unlessInterrupted(controller.signal, never);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'E_INTERRUPTED', exitCode: 130 });
  await expect(unlessInterrupted(controller.signal, never)).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
});
