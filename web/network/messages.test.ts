// Messages are shown as they were sent, only easier to read.
import { describe, expect, it } from 'vitest';
import { prettyBody, prettyHeaders, toneOfVerdict } from './messages.ts';

describe('a kept message', () => {
  it('is indented when it is JSON, as text or as a value', () => {
    expect(prettyBody('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(prettyBody({ a: 1 })).toBe('{\n  "a": 1\n}');
  });

  it('is left alone when it is not', () => {
    expect(prettyBody('{"a":')).toBe('{"a":');
    expect(prettyBody(null)).toBe('');
  });

  it('has its headers in order', () => {
    expect(prettyHeaders({ signature: 's', 'client-id': 'c' })).toBe('client-id: c\nsignature: s');
    expect(prettyHeaders(null)).toBe('');
  });

  it('is green only when the signature held', () => {
    expect(toneOfVerdict('valid')).toBe('paid');
    expect(toneOfVerdict('none')).toBe('plain');
    expect(toneOfVerdict('unsigned')).toBe('plain');
    expect(toneOfVerdict('INVALID_SIGNATURE')).toBe('not-paid');
  });
});
