# Currencies and rounding

## Won have no decimals, Kuwaiti dinar three, rupiah two that are always zero. Every amount is rounded once, half to even, and what rounding leaves has an account of its own.
wallet KAKAO KRW cap 5000000 spread 50bp fee 10bp
wallet KPAY KWD cap 5000.000 spread 75bp fee 10bp
wallet DANA IDR cap 900000000.00 spread 100bp fee 10bp
wallet HOME CNY cap 5000.00 spread 50bp fee 10bp
acquirer CHENGDU CNY fee 20bp interchange 30bp
acquirer LUZERN CHF orders CNY,CHF fee 20bp interchange 30bp spread 30bp
rate CNY/KRW 193.57
rate KWD/CNY 23.31
rate CNY/IDR 2290.4
rate CHF/CNY 8.93
order P1 12.34 CNY at CHENGDU
scan P1 by MINJI at KAKAO
notify P1 S
postings P1
order P2 12.34 CNY at CHENGDU
scan P2 by NOUR at KPAY
notify P2 S
postings P2
order P3 12.34 CNY at CHENGDU
scan P3 by SARI at DANA
notify P3 S
postings P3

## An acquirer that settles in another currency than its orders: two conversions, each with its own spread.
order P4 12.34 CNY at LUZERN
scan P4 by MINJI at KAKAO
notify P4 S
postings P4

## Orders in the acquirer's own currency reach the wallet through a rate that both share.
order P5 3.00 CHF at LUZERN
scan P5 by NOUR at KPAY
notify P5 S
postings P5

## Where nothing is converted there is no spread.
order P6 12.34 CNY at CHENGDU
scan P6 by LIN at HOME
notify P6 S
postings P6

## The smallest amount that a rate turns into nothing is refused.
order P7 0.01 CNY at CHENGDU
scan P7 by NOUR at KPAY
balances
prove
