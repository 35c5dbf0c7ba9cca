// `wayfare fees explain`: which rule decides each fee of a payment, and how it is computed.

import { Command, InvalidArgumentError, Option } from 'commander';
import { laneOfSlot, readPublicId, slotOfNumber } from '../base/id.ts';
import type { Database } from '../base/world.ts';
import { type FeeProduct, feeProducts } from '../fees/feeRules.ts';
import { readFeeBook } from '../fees/store.ts';
import { readRateBoard } from '../fx/store.ts';
import { money } from '../money/money.ts';
import { readClock } from '../network/clockStore.ts';
import { readDirectory, readLanes } from '../network/store.ts';
import { exampleFees, explainPayment, type FeeAnswer } from '../payments/feeExample.ts';
import type { Payment } from '../payments/payment.ts';
import { paymentsFrom, readPayments } from '../payments/store.ts';
import { aCurrency, aTime } from './arguments.ts';
import { amountText, say } from './output.ts';
import { withDatabase } from './withDatabase.ts';

interface ExplainOptions {
  readonly payment?: string;
  readonly wallet?: string;
  readonly acquirer?: string;
  readonly product: FeeProduct;
  readonly amount?: bigint;
  readonly currency: string;
  readonly at?: number;
  readonly json?: true;
}

export function explainCommand(): Command {
  return new Command('explain')
    .description('the fees of a payment that there is, or of one that there might be')
    .option('--payment <id>', "the network's id of a payment")
    .option('--wallet <id>', 'who would pay')
    .option('--acquirer <id>', 'whose shop would be paid')
    .addOption(
      new Option('--product <product>', 'the scenario')
        .choices([...feeProducts])
        .default('payment_code'),
    )
    .option('--amount <minor>', 'of the order, in minor units', minor)
    .option('--currency <code>', "the order's currency", aCurrency, 'CNY')
    .option('--at <time>', 'when it would be made; default: now', aTime)
    .option('--json', 'one JSON object instead of text')
    .action(async (options: ExplainOptions) => {
      const { answer, posted } = await withDatabase((database) => answerTo(database, options));
      if (answer.kind === 'unanswerable') throw new Error(answer.why);
      const view = posted === undefined ? answer.explained : { ...answer.explained, posted };
      if (options.json) return say(JSON.stringify(view));
      const { version, fees } = answer.explained;
      say(version === null ? 'No set of rules is in force.' : `Rules ${version} are in force.`);
      for (const { fee, payer, payee, rule, outdone, sentence, received } of fees) {
        const by = rule === null ? 'as agreed' : `rule ${rule.ruleId}`;
        const before = outdone.length === 0 ? '' : `, before ${outdone.join(', ')}`;
        const gets = received === null ? '' : ` (the wallet gets ${amountText(received)})`;
        say(`${fee}, ${payer} to ${payee}, ${by}${before}: ${sentence}${gets}`);
      }
      for (const { reason, amount } of posted ?? []) say(`posted ${reason}: ${amountText(amount)}`);
    });
}

/** A fee as it stands in the journal of a payment that was paid. */
interface PostedFee {
  readonly reason: string;
  readonly amount: { readonly currency: string; readonly value: string };
}

async function answerTo(
  database: Database,
  options: ExplainOptions,
): Promise<{ readonly answer: FeeAnswer; readonly posted?: readonly PostedFee[] }> {
  const realNow = Date.now();
  const now = realNow + (await readClock(database)).offsetMs;
  const [directory, board, feeBook] = await Promise.all([
    readDirectory(database),
    readRateBoard(database, realNow),
    readFeeBook(database),
  ]);
  const rules = { directory, board, feeBook };
  if (options.payment !== undefined) {
    const { payment, posted } = await readPaid(database, options.payment);
    return { answer: explainPayment(rules, payment), posted };
  }
  const { wallet: walletId, acquirer: acquirerId, product, amount, currency } = options;
  if (walletId === undefined || acquirerId === undefined || amount === undefined) {
    throw new Error('say which payment with --payment, or --wallet, --acquirer and --amount');
  }
  const asked = { walletId, acquirerId, product, amount: money(currency, amount) };
  return { answer: exampleFees(rules, { ...asked, at: options.at ?? now }, now) };
}

async function readPaid(database: Database, id: string) {
  const number = readPublicId('payment', id)?.number;
  if (number === undefined) throw new Error(`${id} is no id of a payment`);
  const lane = laneOfSlot(slotOfNumber(number), (await readLanes(database)) ?? 1);
  const [rows = []] = await database.session('explain').run([readPayments(lane, [number])]);
  const payments = new Map<number, Payment>();
  paymentsFrom(rows, payments);
  const payment = payments.get(number);
  if (payment === undefined || payment.product === 'never_placed') {
    throw new Error(`there is no payment ${id}`);
  }
  const posted = await database.query<{ reason: string; currency: string; amount: string }>(
    'select p.reason, a.currency, p.amount from postings p ' +
      'join accounts a on a.account_id = p.debit_account ' +
      'where p.lane = $1 and p.journal_number = $2 ' +
      "and (p.reason like 'interchange%' or p.reason like '%service_fee') order by p.ordinal",
    [lane, number],
  );
  return {
    payment,
    posted: posted.map(({ reason, currency, amount }) => ({
      reason,
      amount: { currency, value: amount },
    })),
  };
}

function minor(text: string): bigint {
  if (!/^[1-9][0-9]{0,14}$/.test(text)) throw new InvalidArgumentError('minor units, digits only');
  return BigInt(text);
}
