// The invented shops of the sandbox's acquirers in Malaysia and Singapore, each standing in a real
// place.

import { type City, type SandboxShop, shop } from './shops.ts';

const georgeTown: City = { city: 'George Town', cityZh: '乔治市', state: 'Penang' };
const kotaKinabalu: City = { city: 'Kota Kinabalu', cityZh: '亚庇', state: 'Sabah' };
const singapore: City = { city: 'Singapore', cityZh: '新加坡', state: 'SG' };

/** The shops of Kinabalu Pay. No such shop exists; the places do. */
export const malaysianShops: readonly SandboxShop[] = [
  shop(georgeTown, {
    key: 'LAKSA',
    name: 'Auntie Mei Laksa',
    nameZh: '梅姨叻沙',
    mcc: '5812',
    district: 'Lebuh Kimberley',
    districtZh: '汕头街',
    goods: 'Assam laksa',
    tillCount: 1,
  }),
  shop(kotaKinabalu, {
    key: 'SATAY',
    name: 'Harbour Light Satay',
    nameZh: '港灯沙爹',
    mcc: '5814',
    district: 'Jesselton Point',
    districtZh: '哲斯顿码头',
    goods: 'Satay, ten sticks',
    tillCount: 2,
  }),
  shop(kotaKinabalu, {
    key: 'FERRY',
    name: 'Five Islands Ferry',
    nameZh: '五岛渡轮',
    mcc: '4111',
    district: 'Jesselton Point',
    districtZh: '哲斯顿码头',
    goods: 'Ferry to the islands',
    tillCount: 1,
  }),
];

/** The shops of Harbour Pay. No such shop exists; the places do. */
export const singaporeShops: readonly SandboxShop[] = [
  shop(singapore, {
    key: 'KOPITIAM',
    name: 'Three Cups Kopitiam',
    nameZh: '三杯咖啡店',
    mcc: '5812',
    district: 'Tiong Bahru',
    districtZh: '中峇鲁',
    goods: 'Kaya toast and kopi',
    tillCount: 1,
  }),
  shop(singapore, {
    key: 'ORCHID',
    name: 'Orchid Lane Gifts',
    nameZh: '兰花巷礼品店',
    mcc: '5947',
    district: 'Bugis Street',
    districtZh: '武吉士街',
    goods: 'Souvenirs',
    tillCount: 1,
  }),
];
