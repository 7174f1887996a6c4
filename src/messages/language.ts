/** A sentence in both languages of the product. */
export interface Text {
  readonly en: string;
  readonly ko: string;
}

export type Language = keyof Text;

let current: Language = 'en';

/** The language in which messages are printed; set once by the command line. */
export function language(): Language {
  return current;
}

export function setLanguage(next: Language): void {
  current = next;
}

/** Picks a language: `--lang ko`, `--lang=ko`, else the locale of the environment, else English. */
export function detectLanguage(argv: readonly string[], env: NodeJS.ProcessEnv): Language {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (at >= 0) {
    const word = argv[at]!;
    const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : argv[at + 1];
    return value === 'ko' ? 'ko' : 'en';
  }
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return locale.startsWith('ko') ? 'ko' : 'en';
}

/** The text in the current language, with `{name}` replaced from `values`. */
export function say(text: Text, values: Readonly<Record<string, string | number>> = {}): string {
  return text[current].replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
