// What is done with a code whose rule was found: the page that is opened, built safely.
//
// A code is a stranger's text. Only HTTPS addresses are opened, never one with a user name in it,
// and an address that stands inside a merchant code only when its host is registered by a rule.

import type { CodeMatchPattern, PostCodeMatchAction } from './codeRule.ts';
import { fieldValue, valueAtPath } from './emvco.ts';
import type { RuleMatch, RuleSet } from './ruleSet.ts';

/** How an expression names what is put in its place: a dollar and the name in braces. */
const mark = (name: string): string => `\${${name}}`;

/** Longest address that is opened (protocol.md §2: URL at most 2048). */
const longestUrl = 2_048;

/**
 * The address to open for a match, or null when it gives none that may be opened. `text` is the
 * code. Never throws.
 */
export function urlOf(set: RuleSet, match: RuleMatch, text: string): string | null {
  const { postCodeMatchAction: action, issuer } = match.rule;
  switch (action.urlConstructionMethod) {
    case 'USE_DIRECTLY':
      return safeUrl(text);
    case 'CONSTRUCT_DYNAMIC_URL': {
      const expression = action.dynamicUrlExpression ?? '';
      // The replacement is a function: a code may hold `$&`, which would be read as a command.
      const url = expression
        .replaceAll(mark('issuer'), () => encodeURIComponent(issuer.id))
        .replaceAll(mark('codeValue'), () => encodeURIComponent(text.toWellFormed()));
      return safeUrl(url);
    }
    case 'EXTRACT_URL_FROM_EMVCODE': {
      const [first = '', ...below] = (action.emvUrlTag ?? '').split('.');
      const found =
        first === 'merchantTag'
          ? fieldValue(match.template, below[0] ?? '')
          : valueAtPath(match.fields, [first, ...below]);
      const url = found === undefined ? null : safeUrl(found);
      return url !== null && set.hosts.has(new URL(url).host) ? url : null;
    }
    default:
      return null;
  }
}

function safeUrl(text: string): string | null {
  if (text.length > longestUrl || !URL.canParse(text)) return null;
  const url = new URL(text);
  const plain = url.protocol === 'https:' && url.username === '' && url.password === '';
  return plain ? url.href : null;
}

/** What is wrong with an action for a code found by this method; undefined when nothing is. */
export function problemOfAction(
  action: PostCodeMatchAction,
  method: CodeMatchPattern['matchMethod'],
): string | undefined {
  if (action.postCodeMatchActionType === 'DECODE') {
    const given = action.urlConstructionMethod !== undefined;
    return given ? 'decodes and opens an address at once' : undefined;
  }
  switch (action.urlConstructionMethod) {
    case undefined:
      return 'opens an address without urlConstructionMethod';
    case 'USE_DIRECTLY':
      return method === 'EMVCO' ? 'a merchant code is no address to USE_DIRECTLY' : undefined;
    case 'CONSTRUCT_DYNAMIC_URL':
      return problemOfExpression(action.dynamicUrlExpression ?? '');
    case 'EXTRACT_URL_FROM_EMVCODE':
      if (method !== 'EMVCO') return 'only a merchant code has an address to extract';
      return /^(merchantTag\.[0-9]{2}|[0-9]{2}(\.[0-9]{2}){0,4})$/.test(action.emvUrlTag ?? '')
        ? undefined
        : 'emvUrlTag is neither merchantTag.NN nor a path of tags';
  }
}

/** The host must be fixed: a code must not choose where it is sent. */
function problemOfExpression(expression: string): string | undefined {
  const known = expression.replaceAll(mark('codeValue'), '').replaceAll(mark('issuer'), '');
  if (known.includes('$')) return 'dynamicUrlExpression has an unknown mark';
  return /^https:\/\/[a-zA-Z0-9.-]+(:[0-9]{1,5})?\/[^\s]*$/.test(expression)
    ? undefined
    : 'dynamicUrlExpression is no HTTPS address with a fixed host';
}

/**
 * The text with the scheme and host of an address in small letters, where their case says nothing;
 * a QR code in capitals is smaller.
 */
export function lowerOrigin(text: string): string {
  const [origin = ''] = /^[a-z][a-z0-9+.-]{0,30}:\/\/[^/?#]{0,255}/i.exec(text) ?? [];
  return origin.toLowerCase() + text.slice(origin.length);
}
