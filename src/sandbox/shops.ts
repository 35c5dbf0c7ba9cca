// The invented shops of the sandbox's acquirers in China, each standing in a real place of Chengdu
// or Hangzhou.

/** A place where a payment is taken; one shop has one or two. */
export interface SandboxTill {
  readonly id: string;
}

/** One shop of an acquirer; `mcc` is its ISO 18245 merchant category code. */
export interface SandboxShop {
  readonly id: string;
  readonly name: string;
  readonly nameZh: string;
  readonly city: string;
  readonly cityZh: string;
  readonly state: string;
  readonly mcc: string;
  readonly district: string;
  readonly districtZh: string;
  /** What a customer of this shop usually buys; it is the order description of a payment. */
  readonly goods: string;
  readonly tills: readonly SandboxTill[];
}

interface ShopLine {
  readonly key: string;
  readonly name: string;
  readonly nameZh: string;
  readonly mcc: string;
  readonly district: string;
  readonly districtZh: string;
  readonly goods: string;
  readonly tillCount: number;
}

/** Where a shop stands. */
export interface City {
  readonly city: string;
  readonly cityZh: string;
  readonly state: string;
}

/** A shop with its tills. */
export function shop(city: City, line: ShopLine): SandboxShop {
  const { key, tillCount, ...described } = line;
  const tills = Array.from({ length: tillCount }, (_, index) => ({
    id: `TILL-${key}-${index + 1}`,
  }));
  return { id: `SHOP-${key}`, ...described, ...city, tills };
}

const chengdu: City = { city: 'Chengdu', cityZh: '成都', state: 'Sichuan' };
const hangzhou: City = { city: 'Hangzhou', cityZh: '杭州', state: 'Zhejiang' };

/** The shops of Chengdu Pay. No such shop exists; the districts do. */
export const chengduShops: readonly SandboxShop[] = [
  shop(chengdu, {
    key: 'NOODLES',
    name: 'Granny Lin Noodle House',
    nameZh: '林婆婆面馆',
    mcc: '5812',
    district: 'Chunxi Road',
    districtZh: '春熙路商圈',
    goods: 'Dandan noodles',
    tillCount: 2,
  }),
  shop(chengdu, {
    key: 'TEAHOUSE',
    name: 'Bamboo Court Tea House',
    nameZh: '竹院茶馆',
    mcc: '5812',
    district: 'Kuanzhai Alley',
    districtZh: '宽窄巷子',
    goods: 'Jasmine tea and melon seeds',
    tillCount: 1,
  }),
  shop(chengdu, {
    key: 'TAXI',
    name: 'Quick Panda Taxi Fleet',
    nameZh: '快熊猫出租车队',
    mcc: '4121',
    district: 'Chengdu East Railway Station',
    districtZh: '成都东站',
    goods: 'Taxi ride',
    tillCount: 2,
  }),
  shop(chengdu, {
    key: 'SKEWERS',
    name: 'Yulin Skewer Stall',
    nameZh: '玉林串串摊',
    mcc: '5814',
    district: 'Yulin',
    districtZh: '玉林商圈',
    goods: 'Skewers',
    tillCount: 1,
  }),
  shop(chengdu, {
    key: 'SUNBIRD',
    name: 'Sunbird Museum Shop',
    nameZh: '太阳鸟文创店',
    mcc: '5947',
    district: 'Jinsha Site Museum',
    districtZh: '金沙遗址博物馆',
    goods: 'Souvenirs',
    tillCount: 1,
  }),
  shop(chengdu, {
    key: 'KIOSK',
    name: 'Platform Two Kiosk',
    nameZh: '二号站台便利亭',
    mcc: '5499',
    district: 'Chunxi Road Metro Station',
    districtZh: '春熙路地铁站',
    goods: 'Snacks and water',
    tillCount: 1,
  }),
];

/** The shops of Lakeside Acquiring. No such shop exists; the districts do. */
export const hangzhouShops: readonly SandboxShop[] = [
  shop(hangzhou, {
    key: 'SILK',
    name: 'Willow Silk',
    nameZh: '柳岸丝绸',
    mcc: '5949',
    district: 'Hefang Street',
    districtZh: '清河坊',
    goods: 'Silk scarf',
    tillCount: 2,
  }),
  shop(hangzhou, {
    key: 'BOATS',
    name: 'Three Pools Rowing Boats',
    nameZh: '三潭游船',
    mcc: '7999',
    district: 'West Lake',
    districtZh: '西湖景区',
    goods: 'Boat ride',
    tillCount: 1,
  }),
  shop(hangzhou, {
    key: 'DUMPLINGS',
    name: 'Night Owl Dumplings',
    nameZh: '夜猫子饺子摊',
    mcc: '5814',
    district: 'Wulin Night Market',
    districtZh: '武林夜市',
    goods: 'Pan-fried dumplings',
    tillCount: 1,
  }),
  shop(hangzhou, {
    key: 'GUESTHOUSE',
    name: 'Old Quay Guesthouse',
    nameZh: '旧码头客栈',
    mcc: '7011',
    district: 'Qiaoxi / Grand Canal',
    districtZh: '桥西历史街区',
    goods: 'One night',
    tillCount: 1,
  }),
  shop(hangzhou, {
    key: 'SPOOL',
    name: 'Golden Spool Museum Shop',
    nameZh: '金梭文创店',
    mcc: '5947',
    district: 'China National Silk Museum',
    districtZh: '中国丝绸博物馆',
    goods: 'Souvenirs',
    tillCount: 1,
  }),
  shop(hangzhou, {
    key: 'EASTGATE',
    name: 'East Gate Convenience',
    nameZh: '东门便利店',
    mcc: '5499',
    district: 'Hangzhou East Railway Station',
    districtZh: '杭州东站',
    goods: 'Groceries',
    tillCount: 2,
  }),
];
