// Postings as a picture: who pays on the left, the network's accounts in the middle, who is paid on
// the right, and a straight band for each movement.
import type { Posting } from '../shared/console-contract.ts';

export interface FlowNode {
  readonly account: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface FlowBand {
  readonly posting: Posting;
  readonly path: string;
  readonly thickness: number;
  /** A small triangle where the money arrives. */
  readonly tip: string;
  readonly labelX: number;
  readonly labelY: number;
}

/** The movements of one currency; a currency always balances by itself. */
export interface FlowPicture {
  readonly currency: string;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly FlowNode[];
  readonly bands: readonly FlowBand[];
}

const atTheSides = ['position', 'bank'];

type Column = 'payer' | 'network' | 'payee';

export const nodeWidth = 104;
const columnGap = 120;
const rowGap = 8;
const bandSlot = 58;
const padding = 6;
const thickest = 20;
const thinnest = 2.5;

/** One picture for each currency, in the order in which the postings name them. */
export function flowPictures(postings: readonly Posting[]): readonly FlowPicture[] {
  const currencies = [...new Set(postings.map((posting) => posting.amount.currency))];
  return currencies.map((currency) =>
    picture(
      currency,
      postings.filter((posting) => posting.amount.currency === currency),
    ),
  );
}

function picture(currency: string, postings: readonly Posting[]): FlowPicture {
  const columns = columnsOf(postings);
  const used = (['payer', 'network', 'payee'] as const).filter((column) =>
    [...columns.values()].includes(column),
  );
  const x = (column: Column) => 1 + used.indexOf(column) * (nodeWidth + columnGap);
  const middle = middleNodes(postings, columns, x('network'));
  const height = middle.reduce((end, node) => Math.max(end, node.y + node.height), bandSlot);
  const nodes = [...middle, ...sideNodes(columns, x, height)];
  return {
    currency,
    width: used.length * (nodeWidth + columnGap) - columnGap + 2,
    height: height + 2,
    nodes,
    bands: bandsOf(postings, columns, nodes),
  };
}

/**
 * A participant's position, and the bank, pay when they are debited for more than they are
 * credited; everything else stands in the middle, and never moves money to its like.
 */
function columnsOf(postings: readonly Posting[]): Map<string, Column> {
  const net = new Map<string, bigint>();
  for (const { debitAccount, creditAccount, amount } of postings) {
    net.set(debitAccount, (net.get(debitAccount) ?? 0n) + BigInt(amount.value));
    net.set(creditAccount, (net.get(creditAccount) ?? 0n) - BigInt(amount.value));
  }
  return new Map(
    [...net].map(([account, sum]) => {
      if (!atTheSides.includes(accountParts(account).kind)) return [account, 'network'];
      return [account, sum > 0n ? 'payer' : 'payee'];
    }),
  );
}

/** Which side of the middle column a movement touches: the payer's or the payee's. */
function sideOf(posting: Posting, columns: Map<string, Column>): Column {
  const ends = [columns.get(posting.debitAccount), columns.get(posting.creditAccount)];
  return ends.includes('payer') ? 'payer' : 'payee';
}

const touches = (posting: Posting, account: string) =>
  posting.debitAccount === account || posting.creditAccount === account;

/** The network's accounts under each other, each as high as the bands on its busier side need. */
function middleNodes(
  postings: readonly Posting[],
  columns: Map<string, Column>,
  x: number,
): FlowNode[] {
  let y = 1;
  return [...columns]
    .filter(([, column]) => column === 'network')
    .map(([account]) => {
      const touching = postings.filter((posting) => touches(posting, account));
      const left = touching.filter((posting) => sideOf(posting, columns) === 'payer').length;
      const height = Math.max(left, touching.length - left, 1) * bandSlot + padding;
      const node = { account, x, y, height };
      y += height + rowGap;
      return node;
    });
}

/** Positions stand beside the whole middle column, so that every band runs straight. */
function sideNodes(
  columns: Map<string, Column>,
  x: (column: Column) => number,
  height: number,
): FlowNode[] {
  return (['payer', 'payee'] as const).flatMap((side) => {
    const accounts = [...columns].filter(([, column]) => column === side);
    const share = (height - rowGap * (accounts.length - 1)) / Math.max(1, accounts.length);
    return accounts.map(([account], index) => ({
      account,
      x: x(side),
      y: 1 + index * (share + rowGap),
      height: share - 1,
    }));
  });
}

function bandsOf(
  postings: readonly Posting[],
  columns: Map<string, Column>,
  nodes: readonly FlowNode[],
): FlowBand[] {
  const most = postings.reduce((high, { amount }) => {
    const value = BigInt(amount.value);
    return value > high ? value : high;
  }, 1n);
  const byAccount = new Map(nodes.map((node) => [node.account, node]));
  const used = new Map<string, number>();
  return postings.flatMap((posting) => {
    const source = byAccount.get(posting.debitAccount);
    const target = byAccount.get(posting.creditAccount);
    if (source === undefined || target === undefined) return [];
    const anchor = columns.get(posting.debitAccount) === 'network' ? source : target;
    const slot = `${sideOf(posting, columns)} ${anchor.account}`;
    const index = used.get(slot) ?? 0;
    used.set(slot, index + 1);
    const y = anchor.y + padding / 2 + bandSlot * (index + 0.5);
    return [band(posting, source, target, y, thicknessOf(BigInt(posting.amount.value), most))];
  });
}

function band(
  posting: Posting,
  source: FlowNode,
  target: FlowNode,
  y: number,
  thickness: number,
): FlowBand {
  const right = target.x > source.x;
  const start = right ? source.x + nodeWidth : source.x;
  const end = right ? target.x : target.x + nodeWidth;
  const back = right ? -9 : 9;
  return {
    posting,
    thickness,
    path: `M${start} ${y}H${end}`,
    tip: `M${end} ${y}l${back} -5.5v11z`,
    labelX: (start + end) / 2,
    labelY: y,
  };
}

/**
 * In proportion to the amount, but never too thin to see; thickness is a drawing, not an amount.
 */
function thicknessOf(value: bigint, most: bigint): number {
  return Math.max(thinnest, Number((value * 1_000n * BigInt(thickest)) / most) / 1_000);
}

/** `position:TNG:MYR` in its parts; accounts of the network itself have no participant. */
export function accountParts(name: string): { kind: string; participant: string } {
  const parts = name.split(':');
  return { kind: parts[0] ?? name, participant: parts.length > 2 ? (parts[1] ?? '') : '' };
}
