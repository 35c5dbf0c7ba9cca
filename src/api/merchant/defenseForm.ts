// The form that a merchant may fill in for its defense: one page of PDF about one dispute.

import { disputeIdOf } from '../../disputes/bodies.ts';
import type { Dispute } from '../../disputes/dispute.ts';
import { ownIdOf } from '../../merchants/merchant.ts';
import { decimalText, type Money } from '../../money/money.ts';
import { paymentIdOf } from '../../payments/bodies.ts';
import type { Payment } from '../../payments/payment.ts';
import { formatTime } from '../../wire/time.ts';

/** Where a line stands on the page, in points from its left edge, and how large it is. */
interface Line {
  readonly text: string;
  readonly x: number;
  readonly size: number;
}

/** A4 in points, with room at its edges. */
const page = { width: 595, height: 842, edge: 56, leading: 22 } as const;

/**
 * A PDF of one page: which dispute it is, what is asked, until when, and room for the defense. Free
 * texts stay out of it, because the font that every reader has knows Latin letters only; they are
 * in the notice.
 */
export function defenseForm(payment: Payment, dispute: Dispute): Buffer {
  const { claimed, reasonCode, refundDueAt, answerDueAt } = dispute;
  const amount = (money: Money) => `${decimalText(money)} ${money.currency}`;
  const facts: readonly (readonly [string, string])[] = [
    ['Dispute', disputeIdOf(dispute)],
    ['Payment', paymentIdOf(payment)],
    ['Your paymentRequestId', ownIdOf(payment.paymentRequestId)],
    ['Paid', `${amount(payment.amount)}, ${formatTime(payment.finishedAt ?? payment.createdAt)}`],
    ['Asked', claimed === null ? 'evidence of what was sold' : `${amount(claimed)} back`],
    ['Reason code', reasonCode ?? 'none'],
    ['Until', formatTime(refundDueAt ?? answerDueAt)],
  ];
  const questions = [
    'What was sold, and when did the customer get it?',
    'What shows it: a receipt, a proof of delivery, messages with the customer?',
    ...(claimed === null ? [] : ['Why should this money not go back?']),
  ];
  const room = Array.from({ length: 4 }, () => blank);
  return onePagePdf([
    { text: 'Defense of a dispute', x: page.edge, size: 20 },
    blank,
    ...facts.map(([name, value]) => ({ text: `${name}: ${value}`, x: page.edge, size: 10 })),
    blank,
    ...questions.flatMap((text, index) => [
      { text: `${index + 1}. ${text}`, x: page.edge, size: 12 },
      ...room,
    ]),
    {
      text: 'Send one file of at most 180,000 bytes: supplyDefenseDocument.',
      x: page.edge,
      size: 10,
    },
  ]);
}

const blank: Line = { text: '', x: page.edge, size: 10 };

/** The lines from the top of a page on, in Helvetica (PDF 1.4, ISO 32000 §7.5, §9.4). */
function onePagePdf(lines: readonly Line[]): Buffer {
  const top = page.height - page.edge;
  const drawn = lines.map(
    ({ text, x, size }, index) =>
      `BT /F1 ${size} Tf ${x} ${top - index * page.leading} Td (${escaped(text)}) Tj ET`,
  );
  const content = drawn.join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] ` +
      '/Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  text +=
    `xref\n0 ${size}\n0000000000 65535 f \n${table}` +
    `trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** A text between the brackets of a PDF; what is not ASCII is shown as a question mark. */
function escaped(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').replace(/[()\\]/g, '\\$&');
}
