import { Argument, Command, InvalidArgumentError } from 'commander';
import { GamyeongError } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import { SHAPES } from '../samples/shapes.ts';

const TEXT = {
  about: {
    en: 'make invented data of a Korean shape; nobody in it exists',
    ko: '한국 행정자료 형태의 가상 데이터를 만든다. 실재하는 사람은 없다',
  },
  shape: { en: 'kind of data', ko: '데이터 종류' },
  rows: { en: 'number of records', ko: '행 수' },
  seed: { en: 'same seed, same data', ko: '시드. 같으면 같은 데이터가 나온다' },
  out: { en: 'file to write, or - for standard output', ko: '쓸 파일, 표준 출력은 -' },
  overwrite: { en: 'replace an existing file', ko: '이미 있는 파일을 바꾼다' },
  json: { en: 'print a machine-readable summary', ko: '요약을 JSON으로 출력한다' },
  shapes: { en: 'Shapes:', ko: '데이터 종류:' },
  example: { en: 'Example:', ko: '예:' },
  done: { en: '{rows} records of {shape} in {file}', ko: '{file}: {shape} {rows}행' },
  notANumber: { en: 'a whole number from 0 is expected.', ko: '0 이상의 정수여야 합니다.' },
  jsonNeedsFile: {
    en: '--json cannot go with --out -: both print on standard output',
    ko: '--json은 --out -와 함께 쓸 수 없습니다. 둘 다 표준 출력을 씁니다',
  },
} as const satisfies Record<string, Text>;

interface Options {
  readonly rows: number;
  readonly seed: number;
  readonly out: string;
  readonly overwrite?: true;
  readonly json?: true;
}

/** `gamyeong sample SHAPE --rows N --seed S --out F` */
export function sampleCommand(): Command {
  const shapes = SHAPES.map(({ name, about }) => `  ${name.padEnd(20)}${say(about)}`).join('\n');
  return new Command('sample')
    .description(say(TEXT.about))
    .addArgument(new Argument('<shape>', say(TEXT.shape)).choices(SHAPES.map(({ name }) => name)))
    .option('--rows <n>', say(TEXT.rows), wholeNumber, 1000)
    .option('--seed <n>', say(TEXT.seed), wholeNumber, 1)
    .requiredOption('--out <file>', say(TEXT.out))
    .option('--overwrite', say(TEXT.overwrite))
    .option('--json', say(TEXT.json))
    .addHelpText('after', `\n${say(TEXT.shapes)}\n${shapes}`)
    .addHelpText(
      'after',
      `\n${say(TEXT.example)}\n  gamyeong sample resident-register --rows 1000000 --seed 7 --out residents.csv`,
    )
    .action(makeSample);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError(say(TEXT.notANumber));
  }
  return value;
}

async function makeSample(name: string, options: Options): Promise<void> {
  const { rows, seed, out } = options;
  if (options.json && out === '-') throw new GamyeongError('E_USAGE', { reason: say(TEXT.jsonNeedsFile) });
  const { shape } = await SHAPES.find((entry) => entry.name === name)!.load();
  const { csvText } = await import('../samples/csv-text.ts');
  const { writeNewFile, writeStdout } = await import('../samples/write.ts');
  const pieces = untilInterrupted(csvText(shape, rows, seed));
  if (out === '-') return writeStdout(pieces);
  await writeNewFile(out, pieces, options.overwrite === true);
  if (options.json) process.stdout.write(`${JSON.stringify({ shape: name, rows, seed, file: out })}\n`);
  else process.stderr.write(`${say(TEXT.done, { rows, shape: name, file: out })}\n`);
}

/** Passes the pieces on until Ctrl-C, so that the file that is being written is cleared away. */
function* untilInterrupted(pieces: Iterable<string>): Generator<string> {
  let interrupted = false;
  const stop = () => {
    interrupted = true;
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    for (const piece of pieces) {
      if (interrupted) throw new GamyeongError('E_INTERRUPTED');
      yield piece;
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
