import { deserialize, serialize } from 'node:v8';
import type { Plan } from '../rules/plan.ts';
import type { KeyRing } from './keyring.ts';

/** What a thread must know before its first chunk. The key ring holds derived keys only. */
export interface Setup {
  readonly plan: Plan;
  readonly keys: KeyRing;
  readonly newline: '\n' | '\r\n';
}

/** Puts a setup where all threads can read it, so that threads may start before there is a plan. */
export function packSetup(setup: Setup): SharedArrayBuffer {
  const bytes = serialize(setup);
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return shared;
}

export function unpackSetup(shared: SharedArrayBuffer): Setup {
  return deserialize(Buffer.from(new Uint8Array(shared))) as Setup;
}
