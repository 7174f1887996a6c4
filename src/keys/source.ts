/** A master key: the additional information that would undo the pseudonyms. */
export interface MasterKey {
  /** 32 bytes. */
  readonly bytes: Uint8Array;
  /** Public name: `keyId(bytes)`. */
  readonly id: string;
  /** How often it was rotated, from 1: known for keys that stand in a register. */
  readonly version?: number;
}

/** Where a master key is kept. */
export interface KeySource {
  /** Files it reads: no output may take their place. */
  readonly files: readonly string[];
  /** @throws GamyeongError when there is no key, or it is not safe to use */
  load(): Promise<MasterKey>;
}
