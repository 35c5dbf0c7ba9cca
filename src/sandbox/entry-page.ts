// The acquirer's amount page as HTML: the visitor types what the shop says, and goes on to the
// wallet. It works without its script; with it there are keys and an estimate at home.

import { type EntryLanguage, type EntryWords, entryWords } from './entry-words.ts';

/** What stands on the page. */
export interface EntryPage {
  readonly language: EntryLanguage;
  readonly offered: readonly EntryLanguage[];
  readonly shopName: string;
  readonly place: string;
  /** The query of the printed code, kept in every link of the page. */
  readonly till: string;
}

/** What the visitor may type, and the way to an estimate in the wallet's own currency. */
export interface AmountForm {
  readonly orderId: string;
  readonly typed: string;
  readonly problem: 'wrongAmount' | 'refused' | null;
  readonly home: {
    readonly currency: string;
    readonly perUnit: string;
    readonly digits: number;
  } | null;
}

/** Only the page's own script and style; the wallet may frame it. */
export const entryPagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
].join('; ');

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => named[sign] ?? sign);

/** A sentence with what is filled in, safe to stand in HTML. */
function say(
  page: Pick<EntryPage, 'language'>,
  key: keyof EntryWords,
  fill: Readonly<Record<string, string>> = {},
): string {
  const sentence = entryWords[page.language][key];
  return escaped(sentence.replace(/\{(\w+)\}/g, (whole, name: string) => fill[name] ?? whole));
}

const chineseFont = '<link rel="stylesheet" href="/sandbox/entry/font/400.css">\n';

function frame(page: EntryPage, title: string, inside: string): string {
  // The language switch has Chinese in it on every page.
  const font = page.language.startsWith('zh') || page.offered.length > 0 ? chineseFont : '';
  return `<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${font}<link rel="stylesheet" href="/sandbox/entry/page.css">
<script src="/sandbox/entry/page.js" defer></script>
</head>
<body>
<main>
${languageLinks(page)}
<h1>${title}</h1>
<p class="place">${escaped(page.place)}</p>
${inside}
</main>
</body>
</html>
`;
}

function payTitle(page: EntryPage): string {
  return say(page, 'pay', { shop: page.shopName });
}

function languageLinks(page: EntryPage): string {
  const links = page.offered.map((language) => {
    const name = escaped(entryWords[language].language);
    if (language === page.language) return `<strong lang="${language}">${name}</strong>`;
    const query = new URLSearchParams({ till: page.till, lang: language });
    return `<a lang="${language}" href="entry?${escaped(query.toString())}">${name}</a>`;
  });
  return `<nav>${links.join('\n')}</nav>`;
}

const eraser =
  '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" fill="none" ' +
  'stroke="currentColor" stroke-width="2"><path d="M9 5h11v14H9l-6-7zM12 9l5 6m0-6-5 6"/></svg>';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0'];

/** The page for a visitor whose wallet opened it. */
export function amountPage(page: EntryPage, form: AmountForm): string {
  const { home, problem } = form;
  const estimate =
    home === null
      ? ''
      : `<p class="home" data-currency="${escaped(home.currency)}" data-rate="${home.perUnit}"
 data-digits="${home.digits}" data-about="${say(page, 'about')}" aria-live="polite"></p>
<p class="help">${say(page, 'exact', { currency: home.currency })}</p>`;
  const alert = problem === null ? '' : `<p class="problem" role="alert">${say(page, problem)}</p>`;
  const pad = keys
    .map((key) => `<button type="button" data-key="${key}">${key}</button>`)
    .concat(
      `<button type="button" data-key="erase"
 aria-label="${say(page, 'erase')}">${eraser}</button>`,
    );
  return frame(
    page,
    payTitle(page),
    `<form method="post" action="entry">
<input type="hidden" name="till" value="${escaped(page.till)}">
<input type="hidden" name="lang" value="${page.language}">
<input type="hidden" name="order" value="${escaped(form.orderId)}">
<label for="amount">${say(page, 'amount')}</label>
<p class="amount"><input id="amount" name="amount" inputmode="decimal" autocomplete="off"
 maxlength="12" placeholder="0.00" value="${escaped(form.typed)}"> <span>CNY</span></p>
${estimate}
${alert}
<div class="pad" hidden>${pad.join('')}</div>
<button class="next" type="submit">${say(page, 'next')}</button>
</form>`,
  );
}

/** The page for anybody else: an entry code is for a wallet of the network. */
export function notAWalletPage(page: EntryPage): string {
  return frame(
    page,
    payTitle(page),
    `<p class="notice"><strong>${say(page, 'openInWallet')}</strong></p>
<p class="help">${say(page, 'openInWalletHelp')}</p>`,
  );
}

/** What a wallet's web view shows once the wallet has taken over, or could not. */
export function handedOverPage(page: EntryPage, problem: string | null): string {
  const title = escaped(page.shopName);
  if (problem === null) {
    return frame(page, title, `<p class="notice">${say(page, 'handedOver')}</p>`);
  }
  if (page.till === '') {
    return frame(page, title, `<p class="problem" role="alert">${escaped(problem)}</p>`);
  }
  const query = new URLSearchParams({ till: page.till, lang: page.language });
  return frame(
    page,
    title,
    `<p class="problem" role="alert">${say(page, 'refused')}<br>${escaped(problem)}</p>
<p><a class="next" href="entry?${escaped(query.toString())}">${say(page, 'back')}</a></p>`,
  );
}
