// The words of an acquirer's amount page: English, Chinese, and the languages of the wallets' homes
// (programme.md §7, pain 7: no visitor should meet a page in Chinese only).

/** Every sentence of the page. `{shop}`, `{currency}` and `{most}` stand for what is filled in. */
export interface EntryWords {
  /** The language in its own words, for the switch. */
  readonly language: string;
  readonly pay: string;
  readonly amount: string;
  readonly about: string;
  readonly exact: string;
  readonly next: string;
  readonly erase: string;
  readonly wrongAmount: string;
  readonly refused: string;
  readonly openInWallet: string;
  readonly openInWalletHelp: string;
  readonly handedOver: string;
  readonly back: string;
}

const en: EntryWords = {
  language: 'English',
  pay: 'Pay {shop}',
  amount: 'How much do you pay, in yuan (CNY)?',
  about: 'About',
  exact: 'Your wallet shows the exact amount in {currency} before you pay.',
  next: 'Continue',
  erase: 'Erase',
  wrongAmount: 'Type an amount, for example 36 or 36.50.',
  refused: 'This cannot be paid now. Ask the shop for another way to pay.',
  openInWallet: 'Scan this code with your wallet',
  openInWalletHelp:
    'Open the wallet that you have at home, choose “Scan”, and scan this code again.',
  handedOver: 'Your wallet shows the payment now.',
  back: 'Back to the amount',
};

const zh: EntryWords = {
  language: '简体中文',
  pay: '付款给{shop}',
  amount: '请输入金额（人民币 CNY）',
  about: '约',
  exact: '付款前，您的钱包会显示准确的 {currency} 金额。',
  next: '下一步',
  erase: '删除',
  wrongAmount: '请输入金额，例如 36 或 36.50。',
  refused: '目前无法付款，请向商家询问其他付款方式。',
  openInWallet: '请用您的钱包扫描此码',
  openInWalletHelp: '打开您常用的钱包，选择“扫一扫”，再次扫描此码。',
  handedOver: '您的钱包正在显示这笔付款。',
  back: '返回金额页',
};

const zhHant: EntryWords = {
  language: '繁體中文',
  pay: '付款給{shop}',
  amount: '請輸入金額（人民幣 CNY）',
  about: '約',
  exact: '付款前，您的錢包會顯示準確的 {currency} 金額。',
  next: '下一步',
  erase: '刪除',
  wrongAmount: '請輸入金額，例如 36 或 36.50。',
  refused: '目前無法付款，請向商戶查詢其他付款方式。',
  openInWallet: '請用您的錢包掃描此碼',
  openInWalletHelp: '開啟您常用的錢包，選擇「掃描」，再次掃描此碼。',
  handedOver: '您的錢包正在顯示這筆付款。',
  back: '返回金額頁',
};

const ms: EntryWords = {
  language: 'Bahasa Melayu',
  pay: 'Bayar {shop}',
  amount: 'Berapakah jumlah bayaran, dalam yuan (CNY)?',
  about: 'Kira-kira',
  exact: 'Dompet anda menunjukkan jumlah tepat dalam {currency} sebelum anda membayar.',
  next: 'Teruskan',
  erase: 'Padam',
  wrongAmount: 'Taip jumlah, contohnya 36 atau 36.50.',
  refused: 'Bayaran tidak dapat dibuat sekarang. Tanya kedai tentang cara bayaran lain.',
  openInWallet: 'Imbas kod ini dengan dompet anda',
  openInWalletHelp: 'Buka dompet anda, pilih “Imbas”, dan imbas kod ini sekali lagi.',
  handedOver: 'Dompet anda sedang menunjukkan bayaran ini.',
  back: 'Kembali ke jumlah',
};

const ko: EntryWords = {
  language: '한국어',
  pay: '{shop}에 결제',
  amount: '결제할 금액을 위안(CNY)으로 입력하세요',
  about: '약',
  exact: '결제 전에 지갑에서 정확한 {currency} 금액을 보여 드립니다.',
  next: '계속',
  erase: '지우기',
  wrongAmount: '금액을 입력하세요. 예: 36 또는 36.50',
  refused: '지금은 결제할 수 없습니다. 매장에 다른 결제 방법을 문의하세요.',
  openInWallet: '지갑 앱으로 이 코드를 스캔하세요',
  openInWalletHelp: '사용 중인 지갑을 열고 ‘스캔’을 선택한 뒤 이 코드를 다시 스캔하세요.',
  handedOver: '지갑에 결제 내용이 표시됩니다.',
  back: '금액으로 돌아가기',
};

const th: EntryWords = {
  language: 'ไทย',
  pay: 'ชำระเงินให้ {shop}',
  amount: 'ต้องการชำระเท่าไร (หยวน CNY)',
  about: 'ประมาณ',
  exact: 'วอลเล็ตจะแสดงยอดที่แน่นอนเป็น {currency} ก่อนชำระเงิน',
  next: 'ดำเนินการต่อ',
  erase: 'ลบ',
  wrongAmount: 'พิมพ์จำนวนเงิน เช่น 36 หรือ 36.50',
  refused: 'ขณะนี้ชำระเงินไม่ได้ โปรดถามร้านค้าถึงวิธีชำระเงินอื่น',
  openInWallet: 'สแกนโค้ดนี้ด้วยวอลเล็ตของคุณ',
  openInWalletHelp: 'เปิดวอลเล็ตของคุณ เลือก “สแกน” แล้วสแกนโค้ดนี้อีกครั้ง',
  handedOver: 'วอลเล็ตของคุณกำลังแสดงรายการชำระเงินนี้',
  back: 'กลับไปที่จำนวนเงิน',
};

const fil: EntryWords = {
  language: 'Filipino',
  pay: 'Magbayad sa {shop}',
  amount: 'Magkano ang babayaran mo, sa yuan (CNY)?',
  about: 'Humigit-kumulang',
  exact: 'Ipapakita ng wallet mo ang eksaktong halaga sa {currency} bago ka magbayad.',
  next: 'Magpatuloy',
  erase: 'Burahin',
  wrongAmount: 'Mag-type ng halaga, halimbawa 36 o 36.50.',
  refused: 'Hindi ito mababayaran ngayon. Magtanong sa tindahan ng ibang paraan ng pagbabayad.',
  openInWallet: 'I-scan ang code na ito gamit ang wallet mo',
  openInWalletHelp: 'Buksan ang wallet mo, piliin ang “Scan”, at i-scan muli ang code na ito.',
  handedOver: 'Ipinapakita na ng wallet mo ang bayad.',
  back: 'Bumalik sa halaga',
};

/** Every language that the page has, by its tag. */
export const entryWords = { en, 'zh-Hans': zh, 'zh-Hant': zhHant, ms, ko, th, fil } as const;

export type EntryLanguage = keyof typeof entryWords;

/** The language of a wallet's home, where the page has it beside English and Chinese. */
const homeLanguages: Readonly<Record<string, EntryLanguage>> = {
  HK: 'zh-Hant',
  MO: 'zh-Hant',
  MY: 'ms',
  KR: 'ko',
  TH: 'th',
  PH: 'fil',
};

/** The languages that a visitor may choose from: English, Chinese, and the wallet's own. */
export function offeredLanguages(market: string | null): readonly EntryLanguage[] {
  const home = homeLanguages[market ?? ''];
  return home === undefined ? ['en', 'zh-Hans'] : ['en', 'zh-Hans', home];
}

/**
 * The language to begin with: the one that was chosen, else the first of the visitor's own that is
 * offered, else English.
 */
export function chooseLanguage(
  offered: readonly EntryLanguage[],
  chosen: string | undefined,
  acceptLanguage: string | undefined,
): EntryLanguage {
  const wished = [chosen ?? '', ...(acceptLanguage ?? '').split(',')];
  for (const wish of wished) {
    const tag = wish.split(';')[0]?.trim().toLowerCase() ?? '';
    const found = offered.find((language) => matches(language, tag));
    if (found !== undefined) return found;
  }
  return 'en';
}

function matches(language: EntryLanguage, tag: string): boolean {
  if (tag === '') return false;
  if (tag === language.toLowerCase()) return true;
  const isTraditional = /^zh-(hant|hk|mo|tw)/.test(tag);
  if (language === 'zh-Hant') return isTraditional;
  if (language === 'zh-Hans') return tag.startsWith('zh') && !isTraditional;
  return tag.split('-')[0] === language;
}
