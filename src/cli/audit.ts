import { Command, Option } from 'commander';
import { GamyeongError } from '../errors.ts';
import { AUDIT_TEXT as TEXT } from '../messages/audit.ts';
import { say, type Text } from '../messages/language.ts';

/** `gamyeong audit verify | checkpoint | recover | record | ledger LOG` */
export function auditCommand(): Command {
  const command = new Command('audit')
    .description(say(TEXT.about))
    .addHelpText(
      'after',
      `\n${say(TEXT.example)}\n  gamyeong audit verify audit.log --checkpoint audit.checkpoint --trust ca.pem\n` +
        '  gamyeong audit checkpoint audit.log --sign steward.pem --sign-key steward.key --out audit.checkpoint\n' +
        "  gamyeong audit record audit.log --action destroy --kind data --of out.csv.run.json --text '이용 종료'",
    );
  const sub = (name: string, about: Text) =>
    command.command(name).description(say(about)).argument('<log>', say(TEXT.log));
  sub('verify', TEXT.verify)
    .option('--checkpoint <file>', say(TEXT.checkpointFile))
    .option('--trust <file>', say(TEXT.trust))
    .option('--json', say(TEXT.json))
    .action(verify);
  sub('checkpoint', TEXT.checkpoint)
    .requiredOption('--sign <file>', say(TEXT.sign))
    .requiredOption('--sign-key <file>', say(TEXT.signKey))
    .option('--sign-key-passphrase-file <file>', say(TEXT.passphraseFile))
    .requiredOption('--out <file>', say(TEXT.out))
    .option('--json', say(TEXT.json))
    .action(checkpoint);
  sub('recover', TEXT.recover).action(recover);
  sub('record', TEXT.record)
    .addOption(
      new Option('--action <action>', say(TEXT.action))
        .choices(['create', 'use', 'provide', 'keep', 'destroy', 'grant', 'revoke'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--kind <kind>', say(TEXT.kind)).choices(['data', 'additional']).makeOptionMandatory(),
    )
    .option('--of <file>', say(TEXT.of))
    .option('--key-id <id>', say(TEXT.keyId))
    .requiredOption('--text <text>', say(TEXT.text))
    .option('--handler <name>', say(TEXT.handler))
    .option('--recipient <name...>', say(TEXT.recipient))
    .action(record);
  sub('ledger', TEXT.ledger)
    .addOption(new Option('--json', say(TEXT.json)).conflicts('html'))
    .option('--html', say(TEXT.html))
    .action(ledger);
  return command;
}

async function verify(
  log: string,
  options: { checkpoint?: string; trust?: string; json?: true },
): Promise<void> {
  if ((options.checkpoint === undefined) !== (options.trust === undefined)) {
    throw usage(TEXT.pair, { one: '--checkpoint', other: '--trust' });
  }
  const { verifyAudit } = await import('../audit/verify.ts');
  const { raiseFaults } = await import('../audit/faults.ts');
  const { readCheckpoint } = await import('../audit/checkpoint.ts');
  const seal = options.checkpoint && (await readCheckpoint(options.checkpoint, options.trust!));
  const found = await verifyAudit(log, seal || undefined);
  if (options.json) {
    const faults = found.faults.map(({ line, reason, values }) => ({ line, reason: say(reason, values) }));
    printJson({ ok: faults.length === 0, ...found, faults, checkpoint: seal || null });
  }
  raiseFaults(found.faults, log);
  if (options.json) return;
  const lines = [say(TEXT.inOrder, { lines: found.lines, seq: found.last.seq, hash: found.last.hash })];
  lines.push(seal ? say(TEXT.sealed, { ...seal }) : say(TEXT.unsealed));
  if (found.unfinished.length > 0) lines.push(say(TEXT.unfinished, { list: found.unfinished.join(', ') }));
  if (found.clockBack.length > 0) lines.push(say(TEXT.clockBack, { list: found.clockBack.join(', ') }));
  process.stdout.write(`${lines.join('\n')}\n`);
}

interface CheckpointOptions {
  readonly sign: string;
  readonly signKey: string;
  readonly signKeyPassphraseFile?: string;
  readonly out: string;
  readonly json?: true;
}

async function checkpoint(log: string, options: CheckpointOptions): Promise<void> {
  const { writeCheckpoint } = await import('../audit/checkpoint.ts');
  const { readSigner } = await import('../audit/signer.ts');
  const signer = await readSigner({
    certificate: options.sign,
    key: options.signKey,
    passphraseFile: options.signKeyPassphraseFile,
  });
  const written = await writeCheckpoint(log, signer, options.out);
  if (options.json) printJson(written);
  else process.stderr.write(`${say(TEXT.inOrder, { ...written, lines: written.seq })}\n`);
}

async function recover(log: string): Promise<void> {
  const { recoverAudit } = await import('../audit/log.ts');
  const { seq, details } = await recoverAudit(log);
  process.stderr.write(`${say(TEXT.recovered, { seq, bytes: Number(details.bytes) })}\n`);
}

interface RecordOptions {
  readonly action: string;
  readonly kind: 'data' | 'additional';
  readonly of?: string;
  readonly keyId?: string;
  readonly text: string;
  readonly handler?: string;
  readonly recipient?: readonly string[];
}

async function record(log: string, options: RecordOptions): Promise<void> {
  const { action, kind, of, keyId, text, handler, recipient } = options;
  if ((of !== undefined && kind !== 'data') || (keyId !== undefined && kind !== 'additional')) {
    throw usage(TEXT.ofOrKey);
  }
  if (['grant', 'revoke'].includes(action) !== (handler !== undefined)) throw usage(TEXT.needsHandler);
  const { appendAudit } = await import('../audit/log.ts');
  const { digestOf } = await import('../audit/subject.ts');
  const output = of === undefined ? undefined : await digestOf(of);
  if (of !== undefined && output === undefined) throw usage(TEXT.notSha);
  await appendAudit(log, {
    command: 'audit record',
    ids: { action, kind, ...(keyId !== undefined && { key: keyId }) },
    digests: output === undefined ? {} : { output },
    details: {
      text,
      ...(handler !== undefined && { handler }),
      ...(recipient !== undefined && { recipients: recipient }),
    },
    result: { outcome: 'done', exit: 0 },
  });
}

async function ledger(log: string, options: { json?: true; html?: true }): Promise<void> {
  const { readEvidence } = await import('../forms/evidence.ts');
  const { NO_ANSWERS } = await import('../forms/answers.ts');
  const { today } = await import('../audit/today.ts');
  const evidence = await readEvidence({ log }, NO_ANSWERS, today());
  if (options.html) {
    const { renderCase } = await import('../forms/render-case.ts');
    process.stdout.write(renderCase('ledger', evidence));
  } else if (options.json) {
    const { processing, access } = evidence.ledger!;
    printJson({
      processing: processing.map((row) => ({ ...row, content: say(row.content) })),
      access,
      duties: evidence.duties.map((duty) => ({ ...duty, what: say(duty.what) })),
    });
  } else {
    const { ledgerReport } = await import('./ledger-report.ts');
    process.stdout.write(ledgerReport(evidence.ledger!, evidence.duties));
  }
}

function usage(text: Text, values: Readonly<Record<string, string>> = {}): GamyeongError {
  return new GamyeongError('E_USAGE', { reason: say(text, values) });
}

function printJson(data: object): void {
  process.stdout.write(`${JSON.stringify(data)}\n`);
}
