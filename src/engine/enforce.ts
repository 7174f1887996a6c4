import { createReadStream } from 'node:fs';
import { GamyeongError } from '../errors.ts';
import type { HashedFile } from '../io/hashed-file.ts';
import type { Draft } from '../io/output.ts';
import { type InputRecord, RecordReader } from '../io/records.ts';
import { openCsv } from '../risk/csv-file.ts';
import { findRemedy, type Recoding, type Remedy } from '../risk/enforce.ts';
import { DEFAULTS } from '../risk/options.ts';
import { openSql } from '../risk/sql.ts';
import { REMOVED } from '../risk/suppression.ts';
import { recodingPlan } from '../rules/compile.ts';
import type { Dialect, EnforcePlan, Plan } from '../rules/plan.ts';
import type { Job } from './job.ts';
import { type OutputCell, RecordProcessor } from './record-processor.ts';
import { RecordWriter } from './record-writer.ts';
import { describeSteps, type EnforcementRecord } from './run-record.ts';

const BLOCK_BYTES = 1 << 20;

/**
 * Makes a draft hold the risk policy of its plan: global recoding, then local suppression. A draft that holds it
 * stays as it is.
 * @returns what was done, for the run record
 * @throws GamyeongError E_RISK_ENFORCE_LIMIT; E_CELL and E_UNMAPPABLE for a value that cannot be recoded
 */
export async function enforce(job: Job, policy: EnforcePlan, draft: Draft): Promise<EnforcementRecord> {
  const { plan, options, threads } = job;
  const dialect = outputDialect(plan);
  const recodings = policy.recode.map(({ column, steps }) =>
    recodingBy(recodingPlan(plan, column, steps), options.output),
  );
  const proceed = () => {
    if (options.signal?.aborted) throw new GamyeongError('E_INTERRUPTED');
  };
  const sql = await openSql({ memoryBytes: DEFAULTS.memoryBytes, threads, temporary: draft.directory });
  let remedy: Remedy;
  try {
    const csv = await openCsv(sql, draft.file, dialect);
    if (csv.rows === 0) return describe(policy, 0, new Counts([]));
    remedy = await findRemedy(sql, csv, policy, recodings, proceed);
  } finally {
    await sql.close();
  }
  const counts = new Counts(policy.quasiIdentifiers);
  if (remedy.recodings > 0 || remedy.records.length > 0) {
    const rewriter = new Rewriter(job, policy, remedy, counts);
    const mark = Buffer.from(plan.output.encoding === 'utf-8-bom' ? '\ufeff' : '');
    await rewrite(draft, await draft.replace(), dialect, mark, rewriter, proceed);
  }
  return describe(policy, remedy.recodings, counts);
}

/** How the output is written. A comment mark in it stands in quotes, and its records may be longer than the input's. */
function outputDialect({ dialect, output }: Plan): Dialect {
  return {
    ...dialect,
    comment: '',
    encoding: output.encoding === 'cp949' ? 'cp949' : 'utf-8',
    maxRecordBytes: Math.max(dialect.maxRecordBytes, 1 << 30),
  };
}

function recodingBy(plan: Plan, file: string): Recoding {
  const processor = new RecordProcessor(plan, new Map(), file);
  const column = plan.header[0]!;
  return {
    column,
    cell(value) {
      try {
        const [cell] = processor.process([{ text: value, quoted: false }], 0) as readonly OutputCell[];
        return cell!.text;
      } catch (error) {
        if (!(error instanceof GamyeongError)) throw error;
        throw new GamyeongError(error.code, error.values, { file, column }); // many rows may hold the value
      }
    },
  };
}

/** What suppression has done. */
class Counts {
  readonly cells: Map<string, number>;
  /** Records that lost a cell. */
  touched = 0;
  removed = 0;

  constructor(columns: readonly string[]) {
    this.cells = new Map(columns.map((column) => [column, 0]));
  }
}

/** Turns the records of a draft into those that are published. */
class Rewriter {
  readonly names: readonly string[];
  readonly #writer: RecordWriter;
  readonly #newline: Buffer;
  readonly #remedy: Remedy;
  readonly #counts: Counts;
  /** Places of the quasi-identifiers in a record, in the order of the bits of a mark. */
  readonly #quasi: readonly (readonly [place: number, name: string])[];
  readonly #recoded: readonly (readonly [place: number, values: ReadonlyMap<string, string>])[];
  readonly #ready: Uint8Array[] = [];
  /** Changed records that are not encoded yet. */
  readonly #changed: OutputCell[][] = [];
  /** The next record to suppress, as a place in the remedy. */
  #next = 0;

  constructor({ plan, newline }: Job, policy: EnforcePlan, remedy: Remedy, counts: Counts) {
    this.names = plan.columns.filter(({ action }) => action !== 'drop').map(({ name }) => name);
    this.#writer = new RecordWriter(plan, newline);
    this.#newline = Buffer.from(newline);
    this.#remedy = remedy;
    this.#counts = counts;
    this.#quasi = policy.quasiIdentifiers.map((name) => [this.names.indexOf(name), name]);
    this.#recoded = [...remedy.recoded].map(([name, values]) => [this.names.indexOf(name), values]);
  }

  /** @param row the header is row 1 */
  add(record: InputRecord): void {
    const mark = record.row === 1 ? 0 : this.#markOf(record.row - 2);
    if (mark === REMOVED) {
      this.#counts.removed++;
      return;
    }
    const cells = record.row === 1 ? undefined : this.#treat(record, mark);
    if (cells !== undefined) {
      this.#changed.push(cells);
      return;
    }
    this.#encodeChanged();
    this.#ready.push(record.raw, this.#newline);
  }

  /** @throws Error when the records were not those that the remedy is for */
  end(): void {
    if (this.#next !== this.#remedy.records.length) throw new Error('records to suppress were not met');
  }

  /** Everything added since the last call, encoded. */
  take(): Uint8Array {
    this.#encodeChanged();
    return Buffer.concat(this.#ready.splice(0));
  }

  #markOf(index: number): number {
    if (this.#remedy.records[this.#next] !== index) return 0;
    return this.#remedy.marks[this.#next++]!;
  }

  /** @returns undefined when nothing changes */
  #treat({ cells }: InputRecord, mark: number): OutputCell[] | undefined {
    const treated: OutputCell[] = cells.map((cell) => ({ ...cell, changed: false }));
    let changes = false;
    const put = (place: number, text: string) => {
      if (text === cells[place]!.text) return;
      treated[place] = { text, quoted: false, changed: true };
      changes = true;
    };
    for (const [place, values] of this.#recoded) {
      const value = values.get(cells[place]!.text);
      if (value === undefined) throw new Error('a value was not surveyed');
      put(place, value);
    }
    if (mark === 0) return changes ? treated : undefined;
    this.#counts.touched++;
    for (const [bit, [place, name]] of this.#quasi.entries()) {
      if ((mark & (1 << bit)) === 0) continue;
      this.#counts.cells.set(name, this.#counts.cells.get(name)! + 1);
      put(place, '');
    }
    return treated;
  }

  #encodeChanged(): void {
    this.#ready.push(this.#writer.encode(this.#changed.splice(0)));
  }
}

/** @param mark byte order mark that the draft begins with: it belongs to no record */
async function rewrite(
  draft: Draft,
  into: HashedFile,
  dialect: Dialect,
  mark: Uint8Array,
  rewriter: Rewriter,
  proceed: () => void,
): Promise<void> {
  const reader = new RecordReader({
    file: draft.file,
    dialect,
    offset: 0,
    row: 1,
    header: rewriter.names,
    onRecord: (record) => rewriter.add(record),
  });
  await into.append(mark);
  const file = createReadStream(draft.file, { start: mark.length, highWaterMark: BLOCK_BYTES });
  for await (const block of file) {
    proceed();
    reader.write(block as Buffer);
    await into.append(rewriter.take());
  }
  reader.end();
  rewriter.end();
  await into.append(rewriter.take());
}

function describe(policy: EnforcePlan, recodings: number, counts: Counts): EnforcementRecord {
  const { classSize, distinctValues, suppress, suppressionLimit, recode } = policy;
  return {
    classSize,
    distinctValues,
    suppress,
    suppressionLimit,
    recoded: recode.slice(0, recodings).map(({ column, steps }) => ({ column, steps: describeSteps(steps) })),
    suppressedCells: Object.fromEntries(counts.cells),
    recordsWithSuppressedCells: counts.touched,
    suppressedRecords: counts.removed,
  };
}
