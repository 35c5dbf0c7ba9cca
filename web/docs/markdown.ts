// Our guides as HTML: headings that can be linked to, links between guides that stay in the app.
import { Marked } from 'marked';

const marked = new Marked({ gfm: true });

/** A heading's address within its page: `4. The rules` is `4-the-rules`. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');
}

/** Where a link of a guide leads in the app; undefined for a file that the app does not show. */
export function placeOf(href: string): string | undefined {
  if (/^(https?:|#|\/)/.test(href)) return href;
  const [, name, anchor = ''] = /(?:^|\/)([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
  return name === undefined ? undefined : `/docs/guides/${name}${anchor}`;
}

marked.use({
  renderer: {
    heading({ tokens, depth, text }) {
      return `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>`;
    },
    link({ href, tokens }) {
      const inner = this.parser.parseInline(tokens);
      const place = placeOf(href);
      return place === undefined ? inner : `<a href="${place.replaceAll('"', '%22')}">${inner}</a>`;
    },
    // Wide tables scroll by themselves, so that the page need not.
    table(token) {
      const cells = (row: typeof token.header, tag: string) =>
        row.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('');
      const rows = token.rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
      const head = `<thead><tr>${cells(token.header, 'th')}</tr></thead>`;
      return `<div class="wide" tabindex="0"><table>${head}<tbody>${rows}</tbody></table></div>`;
    },
  },
});

/** The addresses of a guide's headings, in their order. */
function anchorsOf(markdown: string): string[] {
  return marked
    .lexer(markdown)
    .flatMap((token) => (token.type === 'heading' ? [anchorOf(token.text)] : []));
}

/**
 * The address in `text` of what `asked` names there, or in `other`, the same guide in another
 * language: headings stand in the same order in both, so a link finds its heading in either.
 */
export function anchorIn(text: string, other: string | undefined, asked: string): string {
  const own = anchorsOf(text);
  if (own.includes(asked) || other === undefined) return asked;
  return own[anchorsOf(other).indexOf(asked)] ?? asked;
}

/** The HTML of a guide of ours; never of a stranger's text. */
export function guideHtml(markdown: string): string {
  return marked.parse(markdown, { async: false });
}
