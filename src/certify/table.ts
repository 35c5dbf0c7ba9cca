// A certification as people read it: a line a case, and beside a failed one what to change.

import type { CaseReport, CertificationReport } from './certify.ts';

/** One case; a failed one with its problem, its hint and its last call. */
export function writtenCase(report: CaseReport): string {
  const head = `${report.verdict.padEnd(8)}${report.id.padEnd(21)}${report.title}`;
  if (report.verdict === 'pass') return head;
  const lines = [head, `        ${report.problem}`];
  if (report.hint === null) return lines.join('\n');
  lines.push(`        What to change: ${report.hint} (${report.source})`);
  const last = report.calls.at(-1);
  if (last !== undefined) {
    lines.push(`        sent     ${last.api} ${last.sent}`);
    lines.push(`        answered ${last.answered ?? 'nothing'}`);
  }
  return lines.join('\n');
}

/** The sum of it. */
export function writtenSum({ counts, debited, passed }: CertificationReport): string {
  const numbers = `${counts.pass} passed, ${counts.fail} failed, ${counts.skipped} skipped.`;
  const books =
    debited === undefined
      ? []
      : [`The customer must have lost ${debited.value} ${debited.currency} (minor units).`];
  return [passed ? 'CERTIFIED' : 'NOT CERTIFIED', numbers, ...books].join('\n');
}
