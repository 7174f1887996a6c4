import { findKey, openKeySource } from '../keys/open.ts';
import type { AskPassphrase } from '../keys/passphrase.ts';
import type { KeySource, MasterKey } from '../keys/source.ts';

/** The keys of a job: each is opened once, so that nobody is asked for a passphrase twice. */
export class JobKeys {
  readonly #ask: AskPassphrase;
  readonly #sources = new Map<string, KeySource>();

  constructor(ask: AskPassphrase) {
    this.#ask = ask;
  }

  source(path: string): KeySource {
    let source = this.#sources.get(path);
    if (source === undefined) {
      source = openedOnce(openKeySource(path, { passphrase: this.#ask }));
      this.#sources.set(path, source);
    }
    return source;
  }

  /** The id of a key, without opening it where what it is kept in states the id. */
  async id(path: string): Promise<string> {
    return findKey(path, this.#ask).statedId ?? (await this.source(path).load()).id;
  }
}

function openedOnce({ files, load }: KeySource): KeySource {
  let opened: Promise<MasterKey> | undefined;
  return {
    files,
    load: () => {
      opened ??= load();
      return opened;
    },
  };
}
