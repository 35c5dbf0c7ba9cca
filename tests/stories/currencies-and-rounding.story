# Currencies and rounding

## Won have no decimals, Kuwaiti dinar three, rupiah two that are always zero. Every amount is rounded once, half to even, and what rounding leaves has an account of its own.
wallet    KAKAO KRW cap 5000000 spread 50bp fee 10bp
wallet    KPAY KWD cap 5000.000 spread 75bp fee 10bp
wallet    DANA IDR cap 900000000.00 spread 100bp fee 10bp
wallet    HOME CNY cap 5000.00 spread 50bp fee 10bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
acquirer  LUZERN CHF orders CNY,CHF fee 20bp interchange 30bp spread 30bp
rate      CNY/KRW 193.57
rate      KWD/CNY 23.31
rate      CNY/IDR 2290.4
rate      CHF/CNY 8.93
order     P1 12.34 CNY at CHENGDU            -> PAYMENT_IN_PROCESS, shows a code
scan      P1 by MINJI at KAKAO               -> SUCCESS 2401 KRW, KAKAO holds 2403 KRW
notify    P1 S                               -> SUCCESS, CHENGDU is told SUCCESS, KAKAO holds nothing, KAKAO owes 2396 KRW
postings  P1
          principal                 position:KAKAO:KRW     to fx:KRW                      2389 KRW
          spread                    position:KAKAO:KRW     to spread:KRW                    12 KRW
          settlement                fx:CNY                 to position:CHENGDU:CNY       12.34 CNY
          acquirer_service_fee      position:CHENGDU:CNY   to fees:CNY                    0.02 CNY
          wallet_service_fee        position:KAKAO:KRW     to fees:KRW                       2 KRW
          interchange_from_acquirer position:CHENGDU:CNY   to fx:CNY                      0.04 CNY
          interchange_to_wallet     fx:KRW                 to position:KAKAO:KRW             7 KRW
order     P2 12.34 CNY at CHENGDU            -> PAYMENT_IN_PROCESS, shows a code
scan      P2 by NOUR at KPAY                 -> SUCCESS 0.533 KWD, KPAY holds 0.534 KWD
notify    P2 S                               -> SUCCESS, CHENGDU is told SUCCESS, KPAY holds nothing, KPAY owes 0.532 KWD
postings  P2
          principal                 position:KPAY:KWD      to fx:KWD                     0.529 KWD
          spread                    position:KPAY:KWD      to spread:KWD                 0.004 KWD
          settlement                fx:CNY                 to position:CHENGDU:CNY       12.34 CNY
          acquirer_service_fee      position:CHENGDU:CNY   to fees:CNY                    0.02 CNY
          wallet_service_fee        position:KPAY:KWD      to fees:KWD                   0.001 KWD
          interchange_from_acquirer position:CHENGDU:CNY   to fx:CNY                      0.04 CNY
          interchange_to_wallet     fx:KWD                 to position:KPAY:KWD          0.002 KWD
order     P3 12.34 CNY at CHENGDU            -> PAYMENT_IN_PROCESS, shows a code
scan      P3 by SARI at DANA                 -> SUCCESS 28546.00 IDR, DANA holds 28575.00 IDR
notify    P3 S                               -> SUCCESS, CHENGDU is told SUCCESS, DANA holds nothing, DANA owes 28490.00 IDR
postings  P3
          principal                 position:DANA:IDR      to fx:IDR                  28264.00 IDR
          spread                    position:DANA:IDR      to spread:IDR                283.00 IDR
          rounding                  rounding:IDR           to position:DANA:IDR           1.00 IDR
          settlement                fx:CNY                 to position:CHENGDU:CNY       12.34 CNY
          acquirer_service_fee      position:CHENGDU:CNY   to fees:CNY                    0.02 CNY
          wallet_service_fee        position:DANA:IDR      to fees:IDR                   29.00 IDR
          interchange_from_acquirer position:CHENGDU:CNY   to fx:CNY                      0.04 CNY
          interchange_to_wallet     fx:IDR                 to position:DANA:IDR          85.00 IDR

## An acquirer that settles in another currency than its orders: two conversions, each with its own spread.
order     P4 12.34 CNY at LUZERN             -> PAYMENT_IN_PROCESS, shows a code
scan      P4 by MINJI at KAKAO               -> SUCCESS 2401 KRW, KAKAO holds 2403 KRW
notify    P4 S                               -> SUCCESS, LUZERN is told SUCCESS, KAKAO holds nothing, KAKAO owes 4792 KRW
postings  P4
          principal                 position:KAKAO:KRW     to fx:KRW                      2389 KRW
          spread                    position:KAKAO:KRW     to spread:KRW                    12 KRW
          settlement                fx:CHF                 to position:LUZERN:CHF         1.38 CHF
          wallet_service_fee        position:KAKAO:KRW     to fees:KRW                       2 KRW
          interchange_to_wallet     fx:KRW                 to position:KAKAO:KRW             7 KRW

## Orders in the acquirer's own currency reach the wallet through a rate that both share.
order     P5 3.00 CHF at LUZERN              -> PAYMENT_IN_PROCESS, shows a code
scan      P5 by NOUR at KPAY                 -> SUCCESS 1.158 KWD, KPAY holds 1.159 KWD
notify    P5 S                               -> SUCCESS, LUZERN is told SUCCESS, KPAY holds nothing, KPAY owes 1.688 KWD
postings  P5
          principal                 position:KPAY:KWD      to fx:KWD                     1.149 KWD
          spread                    position:KPAY:KWD      to spread:KWD                 0.009 KWD
          settlement                fx:CHF                 to position:LUZERN:CHF         3.00 CHF
          acquirer_service_fee      position:LUZERN:CHF    to fees:CHF                    0.01 CHF
          wallet_service_fee        position:KPAY:KWD      to fees:KWD                   0.001 KWD
          interchange_from_acquirer position:LUZERN:CHF    to fx:CHF                      0.01 CHF
          interchange_to_wallet     fx:KWD                 to position:KPAY:KWD          0.003 KWD

## Where nothing is converted there is no spread.
order     P6 12.34 CNY at CHENGDU            -> PAYMENT_IN_PROCESS, shows a code
scan      P6 by LIN at HOME                  -> SUCCESS 12.34 CNY, HOME holds 12.35 CNY
notify    P6 S                               -> SUCCESS, CHENGDU is told SUCCESS, HOME holds nothing, HOME owes 12.31 CNY
postings  P6
          principal                 position:HOME:CNY      to fx:CNY                     12.34 CNY
          settlement                fx:CNY                 to position:CHENGDU:CNY       12.34 CNY
          acquirer_service_fee      position:CHENGDU:CNY   to fees:CNY                    0.02 CNY
          wallet_service_fee        position:HOME:CNY      to fees:CNY                    0.01 CNY
          interchange_from_acquirer position:CHENGDU:CNY   to fx:CNY                      0.04 CNY
          interchange_to_wallet     fx:CNY                 to position:HOME:CNY           0.04 CNY

## The smallest amount that a rate turns into nothing is refused.
order     P7 0.01 CNY at CHENGDU             -> PAYMENT_IN_PROCESS, shows a code
scan      P7 by NOUR at KPAY                 -> PROCESS_FAIL
balances
          fees:CHF                  credit        0.01 CHF
          fx:CHF                    debit         4.37 CHF
          position:LUZERN:CHF       credit        4.36 CHF
          fees:CNY                  credit        0.09 CNY
          fx:CNY                    debit        36.90 CNY
          position:CHENGDU:CNY      credit       49.12 CNY
          position:HOME:CNY         debit        12.31 CNY
          fees:IDR                  credit       29.00 IDR
          fx:IDR                    credit    28179.00 IDR
          position:DANA:IDR         debit     28490.00 IDR
          rounding:IDR              debit         1.00 IDR
          spread:IDR                credit      283.00 IDR
          fees:KRW                  credit           4 KRW
          fx:KRW                    credit        4764 KRW
          position:KAKAO:KRW        debit         4792 KRW
          spread:KRW                credit          24 KRW
          fees:KWD                  credit       0.002 KWD
          fx:KWD                    credit       1.673 KWD
          position:KPAY:KWD         debit        1.688 KWD
          spread:KWD                credit       0.013 KWD
prove                                        -> balanced
