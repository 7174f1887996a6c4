import type { Ledger } from '../audit/ledger.ts';
import type { Duty } from '../audit/retention.ts';
import { printable } from '../errors.ts';
import { LEDGER_TEXT as TEXT } from '../messages/audit.ts';
import { say, type Text } from '../messages/language.ts';
import { alignedTable } from './table.ts';

const STATES: Readonly<Record<Duty['state'], Text>> = {
  later: TEXT.later,
  due: TEXT.overdue,
  ended: TEXT.ended,
};

/** The ledger and what is due as text for a terminal, ending in a newline. */
export function ledgerReport({ processing, access }: Ledger, duties: readonly Duty[]): string {
  const head = (...texts: Text[]) => texts.map((text) => say(text));
  const blocks = [
    [
      head(
        TEXT.seq,
        TEXT.day,
        TEXT.controlNo,
        TEXT.kind,
        TEXT.action,
        TEXT.detail,
        TEXT.recipients,
        TEXT.officer,
      ),
      ...processing.map((row, index) => [
        String(index + 1),
        row.time.slice(0, 10),
        row.controlNo,
        say(TEXT[row.kind]),
        say(TEXT[row.action]),
        printable(say(row.content)),
        printable(row.recipients.join(', ')),
        printable(row.officer),
      ]),
    ],
    [
      head(
        TEXT.seq,
        TEXT.day,
        TEXT.controlNo,
        TEXT.kind,
        TEXT.action,
        TEXT.detail,
        TEXT.handler,
        TEXT.officer,
      ),
      ...access.map((row, index) => [
        String(index + 1),
        row.time.slice(0, 10),
        row.controlNo,
        say(TEXT[row.kind]),
        say(TEXT[row.action]),
        printable(row.reason),
        printable(row.handler),
        printable(row.officer),
      ]),
    ],
    [
      head(TEXT.controlNo, TEXT.what, TEXT.due, TEXT.state),
      ...duties.map(({ controlNo, what, day, state }) => [controlNo, say(what), day, say(STATES[state])]),
    ],
  ];
  const filled = blocks.filter((block) => block.length > 1);
  return `${filled.map(alignedTable).join('\n\n') || say(TEXT.empty)}\n`;
}
