// Postings as a picture: accounts in columns, a band for each movement, one picture a currency.
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

export interface FlowPicture {
  readonly currency: string;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly FlowNode[];
  readonly bands: readonly FlowBand[];
}

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
  const nodes = placed(postings, columns);
  const byAccount = new Map(nodes.map((node) => [node.account, node]));
  const bands = bandsOf(postings, byAccount, columns);
  const deepest = Math.max(...columns.values());
  return {
    currency,
    width: (deepest + 1) * nodeWidth + deepest * columnGap + 2,
    height: Math.max(...nodes.map((node) => node.y + node.height)) + 2,
    nodes,
    bands,
  };
}

/** An account stands one column after the first account that it receives from. */
function columnsOf(postings: readonly Posting[]): Map<string, number> {
  const columns = new Map<string, number>();
  for (const { debitAccount, creditAccount } of postings) {
    const from = columns.get(debitAccount) ?? 0;
    columns.set(debitAccount, from);
    if (!columns.has(creditAccount)) columns.set(creditAccount, from + 1);
  }
  return columns;
}

/** Whether a band leaves its account on the right; a movement back leaves on the left. */
function goesRight(posting: Posting, columns: Map<string, number>): boolean {
  const from = columns.get(posting.debitAccount) ?? 0;
  return (columns.get(posting.creditAccount) ?? 0) > from;
}

/** A node is as high as the bands on its busier side need. */
function placed(postings: readonly Posting[], columns: Map<string, number>): FlowNode[] {
  const nextY = new Map<number, number>();
  return [...columns].map(([account, column]) => {
    const touching = postings.filter(
      ({ debitAccount, creditAccount }) => debitAccount === account || creditAccount === account,
    );
    const onRight = touching.filter(
      (posting) => (posting.debitAccount === account) === goesRight(posting, columns),
    ).length;
    const height = Math.max(onRight, touching.length - onRight, 1) * bandSlot + padding;
    const y = nextY.get(column) ?? 1;
    nextY.set(column, y + height + rowGap);
    return { account, x: 1 + column * (nodeWidth + columnGap), y, height };
  });
}

function bandsOf(
  postings: readonly Posting[],
  nodes: Map<string, FlowNode>,
  columns: Map<string, number>,
): FlowBand[] {
  const most = postings.reduce((high, { amount }) => {
    const value = BigInt(amount.value);
    return value > high ? value : high;
  }, 1n);
  const used = new Map<string, number>();
  const slot = (side: 'left' | 'right', node: FlowNode) => {
    const index = used.get(side + node.account) ?? 0;
    used.set(side + node.account, index + 1);
    return {
      x: side === 'right' ? node.x + nodeWidth : node.x,
      y: node.y + padding / 2 + bandSlot * (index + 0.5),
    };
  };
  return postings.flatMap((posting) => {
    const source = nodes.get(posting.debitAccount);
    const target = nodes.get(posting.creditAccount);
    if (source === undefined || target === undefined) return [];
    const right = goesRight(posting, columns);
    const start = slot(right ? 'right' : 'left', source);
    const end = slot(right ? 'left' : 'right', target);
    const middle = (start.x + end.x) / 2;
    return [
      {
        posting,
        thickness: thicknessOf(BigInt(posting.amount.value), most),
        path: `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`,
        tip: tipPath(end, right),
        labelX: middle,
        labelY: (start.y + end.y) / 2,
      },
    ];
  });
}

function tipPath(end: { x: number; y: number }, right: boolean): string {
  const back = right ? -9 : 9;
  return `M${end.x} ${end.y}l${back} -5.5v11z`;
}

/** In proportion to the amount, but never too thin to see; thickness is a drawing, not an amount. */
function thicknessOf(value: bigint, most: bigint): number {
  return Math.max(thinnest, Number((value * 1_000n * BigInt(thickest)) / most) / 1_000);
}

/** `position:TNG:MYR` in its parts; accounts of the network itself have no participant. */
export function accountParts(name: string): { kind: string; participant: string } {
  const parts = name.split(':');
  return { kind: parts[0] ?? name, participant: parts.length > 2 ? (parts[1] ?? '') : '' };
}
