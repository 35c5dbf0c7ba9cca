// Stories as text: each line is a step, and behind the arrow stands what comes of it.

/** One line of a story that does something. */
export interface Step {
  readonly kind: 'step';
  readonly words: readonly string[];
  /** What the story says comes of it; empty where it says nothing. */
  readonly outcome: string;
  /** Indented lines below the step: a table that it prints. */
  readonly table: readonly string[];
}

/** A line for the reader: the title, a paragraph, or an empty line. */
export interface Prose {
  readonly kind: 'prose';
  readonly text: string;
}

export type StoryLine = Step | Prose;

/** Where the arrows stand. */
const stepColumns = 44;

/** Reads a story; a line that begins with `#` is prose, an indented one belongs to a table. */
export function readStory(text: string): StoryLine[] {
  const lines: StoryLine[] = [];
  for (const line of text.trimEnd().split('\n')) {
    const last = lines.at(-1);
    if (line === '' || line.startsWith('#')) {
      lines.push({ kind: 'prose', text: line });
    } else if (/^\s/.test(line) && last?.kind === 'step') {
      lines[lines.length - 1] = { ...last, table: [...last.table, line.trim()] };
    } else {
      const [before = '', ...after] = line.split('->');
      const words = before.trim().split(/\s+/);
      lines.push({ kind: 'step', words, outcome: after.join('->').trim(), table: [] });
    }
  }
  return lines;
}

/** Prints a story in the one form that stories are written in. */
export function printStory(lines: readonly StoryLine[]): string {
  return `${lines.flatMap(printLine).join('\n')}\n`;
}

function printLine(line: StoryLine): string[] {
  if (line.kind === 'prose') return [line.text];
  const [verb = '', ...rest] = line.words;
  const step = `${verb.padEnd(9)} ${rest.join(' ')}`.trimEnd();
  const first = line.outcome === '' ? step : `${step.padEnd(stepColumns)} -> ${line.outcome}`;
  return [first, ...line.table.map((row) => `          ${row}`)];
}

/** The same story as a page of the documentation: prose as Markdown, steps as it was run. */
export function printRecipe(lines: readonly StoryLine[]): string {
  let page = '';
  let open = false;
  for (const line of lines) {
    if (line.kind === 'step' && !open) page += '```\n';
    if (line.kind === 'prose' && open && line.text !== '') page += '```\n\n';
    if (line.kind === 'prose' && line.text === '') {
      if (open) page += '\n';
      continue;
    }
    open = line.kind === 'step';
    page +=
      line.kind === 'prose' ? `${asMarkdown(line.text)}\n\n` : `${printLine(line).join('\n')}\n`;
  }
  return `${page}${open ? '```\n' : ''}`.replace(/\n+```\n\n/g, '\n```\n\n');
}

/** `# Title` is the title; `## text` is a paragraph. */
function asMarkdown(text: string): string {
  return text.startsWith('## ') ? text.slice(3) : text;
}
