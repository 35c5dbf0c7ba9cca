// Whose code it is: the national and private schemes that ride on EMVCo codes, as a table of rules.

/** What of a merchant code tells its scheme. */
export interface SchemeMarks {
  /** The globally unique identifiers (sub-tag 00) of the account templates 26 to 51. */
  readonly guids: readonly string[];
  /** The tags of all merchant accounts, 02 to 51. */
  readonly accountTags: readonly string[];
  /** Tag 58, ISO 3166 alpha-2. */
  readonly country: string | null;
}

interface SchemeRule {
  readonly scheme: string;
  /** At least one account template has such an identifier. */
  readonly guid?: RegExp;
  /** At least one of these account tags is present. */
  readonly tags?: readonly string[];
  readonly country?: string;
  /** The name ends in the country: the identifier is carried by codes of several schemes. */
  readonly namesCountry?: true;
}

/** The name of a code that follows the grammar and no scheme of the table. */
const GENERIC = 'EMVCo generic';

// The first rule whose every condition holds names the scheme: identifiers first, from the
// particular to the general, then countries whose one national standard has no identifier of its
// own.
const RULES: readonly SchemeRule[] = [
  { scheme: 'Alipay-on-multi-scheme', guid: /^com\.alipay/i, namesCountry: true },
  { scheme: 'Alipay-on-multi-scheme', guid: /^SG\.ALIPAY/i, namesCountry: true },
  { scheme: 'PromptPay', guid: /^A000000677/i },
  { scheme: 'SGQR', guid: /^SG\.SGQR$/i },
  { scheme: 'PayNow/SGQR', guid: /^SG\.PAYNOW$/i },
  { scheme: 'SGQR', guid: /^SG\.COM\.NETS$/i },
  { scheme: 'Pix', guid: /^br\.gov\.bcb\.pix$/i },
  { scheme: 'Pix (early spi GUID)', guid: /^br\.gov\.bcb\.spi$/i },
  { scheme: 'VietQR', guid: /^A000000727$/i },
  { scheme: 'VNPAY-QR', guid: /^A000000775$/i },
  { scheme: 'AirPay VN', guid: /^vn\.airpay/i },
  { scheme: 'HK FPS/HKQR', guid: /^hk\.com\.hkicl$/i },
  { scheme: 'QRIS', guid: /^ID\.(?:CO\.QRIS|OR\.GPNQR|GPNQR)/i },
  { scheme: 'DuitNow', guid: /^A000000615/i },
  { scheme: 'BharatQR/UPI', guid: /^A000000524$/i },
  { scheme: 'QR Ph', guid: /^ph\.ppmi\./i },
  { scheme: 'QR Ph (InstaPay)', guid: /^com\.p2pqrpay$/i },
  { scheme: 'PayMaya (PH)', guid: /^com\.paymaya$/i },
  { scheme: 'LankaQR', guid: /^lk\.gov\.cbsl$/i },
  { scheme: 'MMQR', guid: /^mm\.com\.mmqr$/i },
  { scheme: 'JPQR', guid: /^jp\.or\.paymentsjapan$/i },
  { scheme: 'BC Card/UnionPay KR QR', guid: /^D410/i, country: 'KR' },
  { scheme: 'EMVCo spec example family', guid: /^D1560000000/ },
  { scheme: 'Fonepay/NepalPay', country: 'NP' },
  { scheme: 'QRIS', country: 'ID' },
  { scheme: 'DuitNow', country: 'MY' },
  { scheme: 'KHQR/Bakong', tags: ['29', '30'], country: 'KH' },
  { scheme: 'LankaQR', country: 'LK' },
  { scheme: 'BharatQR/UPI', country: 'IN' },
  { scheme: 'LAO QR', country: 'LA' },
  { scheme: 'Argentina (Transferencias 3.0)', country: 'AR' },
  { scheme: 'JCB/Mastercard JP', tags: ['04', '05', '13', '14'], country: 'JP' },
];

/** The name of the scheme; `EMVCo generic` where no rule holds. */
export function schemeOf(marks: SchemeMarks): string {
  const rule = RULES.find((candidate) => holds(candidate, marks));
  if (rule === undefined) {
    return GENERIC;
  }
  const country = rule.namesCountry && marks.country !== null ? ` (${marks.country})` : '';
  return rule.scheme + country;
}

function holds(rule: SchemeRule, marks: SchemeMarks): boolean {
  const { guid, tags, country } = rule;
  return (
    (guid === undefined || marks.guids.some((text) => guid.test(text))) &&
    (tags === undefined || marks.accountTags.some((tag) => tags.includes(tag))) &&
    (country === undefined || marks.country === country)
  );
}

// EMVCo MPM 1.1 §4.3: the primitive account tags belong to card networks.
const CARD_NETWORKS: readonly (readonly [number, string])[] = [
  [3, 'Visa'],
  [5, 'Mastercard'],
  [8, 'EMVCo'],
  [10, 'Discover'],
  [12, 'American Express'],
  [14, 'JCB'],
  [16, 'UnionPay'],
  [25, 'EMVCo'],
];

/** The card network that a primitive account tag (02 to 25) belongs to, or null for a template. */
export function cardNetworkOf(tag: string): string | null {
  return CARD_NETWORKS.find(([last]) => Number(tag) <= last)?.[1] ?? null;
}
