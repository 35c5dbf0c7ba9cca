// Names of days off in the reader's language: those of the project's own lists, and the same names
// in files that people load, whichever of the two languages they are written in.

/** What a day that moved because of a weekend has behind its name. */
const inLieu = [', in lieu', '补休'] as const;

const names: readonly (readonly [en: string, zh: string])[] = [
  ["New Year's Day", '元旦'],
  ['New Year', '新年'],
  ["New Year's Eve", '新年前夜'],
  ['Spring Festival', '春节'],
  ['Lunar New Year', '农历新年'],
  ['Chinese New Year', '农历新年'],
  ['Seollal', '春节'],
  ['Qingming', '清明节'],
  ['Day after Ching Ming', '清明节翌日'],
  ['Labour Day', '劳动节'],
  ['Labour Day, banks are closed', '劳动节（银行休业）'],
  ["Workers' Day, banks are closed", '劳动节（银行休业）'],
  ['Dragon Boat Festival', '端午节'],
  ['Tuen Ng', '端午节'],
  ['Mid-Autumn Festival', '中秋节'],
  ['Day after Mid-Autumn', '中秋节翌日'],
  ['Chuseok', '中秋节'],
  ['Day after Chung Yeung', '重阳节翌日'],
  ['Winter Solstice', '冬至'],
  ['National Day', '国庆节'],
  ['Day after National Day', '国庆日翌日'],
  ['Establishment Day', '特别行政区成立纪念日'],
  ['Good Friday', '耶稣受难日'],
  ['Day after Good Friday', '耶稣受难日翌日'],
  ['Maundy Thursday', '圣周四'],
  ['Day after Easter Monday', '复活节星期一翌日'],
  ["All Souls' Day", '追思节'],
  ['Immaculate Conception', '圣母无原罪瞻礼'],
  ['Christmas Eve', '平安夜'],
  ['Christmas', '圣诞节'],
  ['Day after Christmas', '圣诞节翌日'],
  ['Orthodox Christmas', '东正教圣诞节'],
  ["Buddha's Birthday", '佛诞日'],
  ['Day after the Birthday of the Buddha', '佛诞翌日'],
  ['Makha Bucha', '万佛节'],
  ['Visakha Bucha', '卫塞节'],
  ['Day after Vesak', '卫塞节翌日'],
  ['Asarnha Bucha', '三宝节'],
  ['Day after Deepavali', '屠妖节翌日'],
  ['Hari Raya Haji', '哈芝节'],
  ['Songkran', '宋干节'],
  ['Nauryz', '纳乌鲁斯节'],
  ['Naadam', '那达慕'],
  ["The King's Birthday", '国王诞辰'],
  ["The Queen's Birthday", '王后诞辰'],
  ['Chakri Day', '却克里王朝纪念日'],
  ['Coronation Day', '加冕日'],
  ['Navamindra Day', '九世王纪念日'],
  ['Chulalongkorn Day', '五世王纪念日'],
  ["Mother's Day", '母亲节'],
  ["Father's Day", '父亲节'],
  ["Children's Day", '儿童节'],
  ["Mothers' and Children's Day", '母亲儿童节'],
  ["Women's Day", '妇女节'],
  ['Constitution Day', '宪法日'],
  ['Independence Day', '独立日'],
  ['Merdeka', '独立日'],
  ['Malaysia Day', '马来西亚日'],
  ['Independence Movement Day', '三一节'],
  ['Liberation Day', '光复节'],
  ['Foundation Day', '开天节'],
  ['Hangul Day', '韩文节'],
  ['Local elections', '地方选举日'],
  ['Day of Valour', '勇士日'],
  ['Ninoy Aquino Day', '阿基诺纪念日'],
  ['National Heroes Day', '民族英雄日'],
  ['Bonifacio Day', '博尼法西奥日'],
  ['Rizal Day', '黎刹日'],
  ['Kashmir Day', '克什米尔团结日'],
  ['Pakistan Day', '巴基斯坦日'],
  ['Youm-e-Takbir', '核试验纪念日'],
  ['Iqbal Day', '伊克巴尔日'],
  ['Quaid-e-Azam Day', '国父真纳诞辰日'],
  ['Unity Day', '民族团结日'],
  ['Defender Day', '祖国保卫者日'],
  ['Victory Day', '胜利日'],
  ['Capital Day', '首都日'],
  ['Republic Day', '共和国日'],
];

/** What the project's lists leave out, by market. */
const leftOut: readonly (readonly [en: string, zh: string])[] = [
  ['compensatory days off for holidays on a weekend', '逢周末的节假日的补假'],
  [
    'holidays by the moon (Hari Raya, Awal Muharram, Maulidur Rasul), Wesak, Deepavali ' +
      'with their days in lieu, and those of single states',
    '伊斯兰历节日（开斋节、伊历新年、先知诞辰）、卫塞节、屠妖节及其补假，以及各州自行规定的假日',
  ],
  [
    'Constitution Day (17 July), whose return as a day off we could not confirm',
    '制宪节（7月17日）：是否恢复为假日，未能确认',
  ],
  ['special days that the cabinet adds during the year', '内阁在年内临时增加的假日'],
  [
    "Eid'l Fitr and Eid'l Adha, which are proclaimed shortly before",
    '开斋节和宰牲节，临近时才公布',
  ],
  [
    'holidays by the moon (Eid-ul-Fitr, Eid-ul-Azha, Ashura, Eid Milad-un-Nabi)',
    '伊斯兰历节日（开斋节、宰牲节、阿舒拉节、圣纪节）',
  ],
  [
    'Kurban Ait, and working Saturdays that the government sets',
    '宰牲节，以及政府规定的周六调休上班日',
  ],
  [
    'Tsagaan Sar and other holidays by the lunar calendar',
    '查干萨日（蒙古历新年）及其他按阴历的节日',
  ],
];

function inLanguage(
  pairs: readonly (readonly [string, string])[],
  text: string,
  locale: string,
): string | undefined {
  const [wanted, other] = locale.startsWith('zh') ? [1, 0] : [0, 1];
  // A name that is in the reader's language already stays: several have one name in the other.
  if (pairs.some((pair) => pair[wanted] === text)) return text;
  return pairs.find((pair) => pair[other] === text)?.[wanted];
}

/** A day's name in the reader's language; as it came where it is none that we know. */
export function dayName(name: string, locale: string): string {
  const ending = inLieu.find((each) => name.endsWith(each)) ?? '';
  const known = inLanguage(names, name.slice(0, name.length - ending.length), locale);
  if (known === undefined) return name;
  return ending === '' ? known : known + inLieu[locale.startsWith('zh') ? 1 : 0];
}

/** What a list leaves out, in the reader's language where it is the project's own sentence. */
export function leftOutText(text: string, locale: string): string {
  return inLanguage(leftOut, text, locale) ?? text;
}
