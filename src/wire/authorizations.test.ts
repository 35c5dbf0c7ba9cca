// Messages of auto debit: what their fields must be to each other.
import { describe, expect, it } from 'vitest';
import {
  acquirerApplyTokenRequest,
  acquirerPrepareRequest,
  walletAuthNotifyRequest,
} from './authorizations.ts';
import { decode } from './messages.ts';

const prepare = {
  authClientId: 'CLIENT',
  authClientName: 'Tea Club',
  referenceAgreementId: 'A1',
  customerBelongsTo: 'TNG',
  scopes: ['AGREEMENT_PAY'],
  authState: 'state',
  authRedirectUrl: 'teaclub://bound',
  terminalType: 'APP',
};
const fieldOf = (schema: Parameters<typeof decode>[0], body: object) => {
  const read = decode(schema, JSON.stringify(body));
  return read.ok ? undefined : read.field;
};

describe('prepare', () => {
  it('takes an address of an app, and needs what it names', () => {
    expect(fieldOf(acquirerPrepareRequest, prepare)).toBeUndefined();
    for (const field of Object.keys(prepare)) {
      expect(fieldOf(acquirerPrepareRequest, { ...prepare, [field]: undefined })).toBe(field);
      const empty = field === 'scopes' ? [] : '';
      expect(fieldOf(acquirerPrepareRequest, { ...prepare, [field]: empty })).toBe(field);
    }
  });

  it('refuses a scope that nobody knows', () => {
    const scopes = ['AGREEMENT_PAY', 'EVERYTHING'];
    expect(fieldOf(acquirerPrepareRequest, { ...prepare, scopes })).toBe('scopes[1]');
  });
});

describe('applyToken', () => {
  it.each([
    ['AUTHORIZATION_CODE', 'authCode', 'refreshToken'],
    ['REFRESH_TOKEN', 'refreshToken', 'authCode'],
  ])('%s needs %s', (grantType, wanted, other) => {
    const message = { authClientId: 'CLIENT', grantType };
    const schema = acquirerApplyTokenRequest;
    expect(fieldOf(schema, { ...message, [wanted]: 'x' })).toBeUndefined();
    expect(fieldOf(schema, { ...message, [other]: 'x' })).toBe(wanted);
    expect(fieldOf(schema, { ...message, [wanted]: 'x'.repeat(513) })).toBe(wanted);
  });
});

describe('authNotify', () => {
  it('brings a code with a consent, and none with a revocation', () => {
    const about = { authClientId: 'CLIENT', referenceAgreementId: 'A1' };
    const consent = { ...about, authorizationNotifyType: 'AUTHCODE_CREATED' };
    expect(fieldOf(walletAuthNotifyRequest, consent)).toBe('authCode');
    expect(fieldOf(walletAuthNotifyRequest, { ...consent, authCode: 'x' })).toBeUndefined();
    const end = { ...about, authorizationNotifyType: 'TOKEN_CANCELED' };
    expect(fieldOf(walletAuthNotifyRequest, end)).toBeUndefined();
  });
});
