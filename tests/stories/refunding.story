# Refunding a payment

## All of it. The visitor gets what they paid, the acquirer is owed as much less, and interchange goes back; service fees stay.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
wallet    KPAY KWD cap 5000.000 spread 75bp fee 10bp
wallet    DANA IDR cap 900000000.00 spread 100bp fee 10bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
acquirer  LUZERN CHF orders CNY,CHF fee 20bp interchange 30bp spread 30bp
rate      MYR/CNY 1.60
rate      KWD/CNY 23.31
rate      CNY/IDR 2290.4
rate      CHF/CNY 8.93
code      C1 for ANNA at TNG                 -> SUCCESS
pay       P1 120.00 CNY with C1 at CHENGDU   -> waits, TNG is asked to pay 75.38 MYR, TNG holds 75.46 MYR
answer    P1 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 75.24 MYR
postings  P1
          principal                 position:TNG:MYR       to fx:MYR                     75.00 MYR
          spread                    position:TNG:MYR       to spread:MYR                  0.38 MYR
          settlement                fx:CNY                 to position:CHENGDU:CNY      120.00 CNY
          acquirer_service_fee      position:CHENGDU:CNY   to fees:CNY                    0.24 CNY
          wallet_service_fee        position:TNG:MYR       to fees:MYR                    0.08 MYR
          interchange_from_acquirer position:CHENGDU:CNY   to fx:CNY                      0.36 CNY
          interchange_to_wallet     fx:MYR                 to position:TNG:MYR            0.22 MYR
refund    R1 P1 120.00 CNY at CHENGDU        -> SUCCESS, TNG is asked to refund 75.38 MYR, TNG owes 0.08 MYR
postings  R1
          principal                 fx:MYR                 to position:TNG:MYR           75.00 MYR
          spread                    spread:MYR             to position:TNG:MYR            0.38 MYR
          settlement                position:CHENGDU:CNY   to fx:CNY                    120.00 CNY
          interchange_from_acquirer fx:CNY                 to position:CHENGDU:CNY        0.36 CNY
          interchange_to_wallet     position:TNG:MYR       to fx:MYR                      0.22 MYR
balances
          fees:CNY                  credit        0.24 CNY
          position:CHENGDU:CNY      debit         0.24 CNY
          fees:MYR                  credit        0.08 MYR
          position:TNG:MYR          debit         0.08 MYR
inquire   P1 at CHENGDU                      -> SUCCESS, REFUND SUCCESS
customer  ANNA at TNG                        -> paid nothing (75.38 MYR were given back)
refund    S1 P1 0.01 CNY at CHENGDU          -> REFUND_AMOUNT_EXCEED

## In three parts that each round: together they are exactly what was paid.
order     P2 100.00 CNY at LUZERN            -> PAYMENT_IN_PROCESS, shows a code
scan      P2 by NOUR at KPAY                 -> SUCCESS 4.322 KWD, KPAY holds 4.326 KWD
notify    P2 S                               -> SUCCESS, LUZERN is told SUCCESS, KPAY holds nothing, KPAY owes 4.313 KWD
postings  P2
          principal                 position:KPAY:KWD      to fx:KWD                     4.290 KWD
          spread                    position:KPAY:KWD      to spread:KWD                 0.032 KWD
          settlement                fx:CHF                 to position:LUZERN:CHF        11.17 CHF
          spread                    fx:CHF                 to spread:CHF                  0.03 CHF
          acquirer_service_fee      position:LUZERN:CHF    to fees:CHF                    0.02 CHF
          wallet_service_fee        position:KPAY:KWD      to fees:KWD                   0.004 KWD
          interchange_from_acquirer position:LUZERN:CHF    to fx:CHF                      0.03 CHF
          interchange_to_wallet     fx:KWD                 to position:KPAY:KWD          0.013 KWD
refund    R2 P2 33.33 CNY at LUZERN          -> SUCCESS, KPAY is asked to refund 1.441 KWD, KPAY owes 2.876 KWD
postings  R2
          principal                 fx:KWD                 to position:KPAY:KWD          1.430 KWD
          spread                    spread:KWD             to position:KPAY:KWD          0.011 KWD
          settlement                position:LUZERN:CHF    to fx:CHF                      3.72 CHF
          spread                    spread:CHF             to fx:CHF                      0.01 CHF
          interchange_from_acquirer fx:CHF                 to position:LUZERN:CHF         0.01 CHF
          interchange_to_wallet     position:KPAY:KWD      to fx:KWD                     0.004 KWD
refund    S2 P2 33.33 CNY at LUZERN          -> SUCCESS, KPAY is asked to refund 1.440 KWD, KPAY owes 1.441 KWD
refund    T2 P2 33.34 CNY at LUZERN          -> SUCCESS, KPAY is asked to refund 1.441 KWD, KPAY owes 0.004 KWD
postings  T2
          principal                 fx:KWD                 to position:KPAY:KWD          1.430 KWD
          spread                    spread:KWD             to position:KPAY:KWD          0.011 KWD
          settlement                position:LUZERN:CHF    to fx:CHF                      3.73 CHF
          spread                    spread:CHF             to fx:CHF                      0.01 CHF
          interchange_from_acquirer fx:CHF                 to position:LUZERN:CHF         0.01 CHF
          interchange_to_wallet     position:KPAY:KWD      to fx:KWD                     0.004 KWD
customer  NOUR at KPAY                       -> paid nothing (4.322 KWD were given back)

## Parts that are nothing in the wallet's currency: the wallet is not asked for them, and what they lack comes with the next part.
order     P3 0.10 CNY at CHENGDU             -> PAYMENT_IN_PROCESS, shows a code
scan      P3 by NOUR at KPAY                 -> SUCCESS 0.004 KWD, KPAY holds 0.004 KWD
notify    P3 S                               -> SUCCESS, CHENGDU is told SUCCESS, KPAY holds nothing, KPAY owes 0.008 KWD
refund    R3 P3 0.01 CNY at CHENGDU          -> SUCCESS
refund    S3 P3 0.02 CNY at CHENGDU          -> SUCCESS, KPAY is asked to refund 0.001 KWD, KPAY owes 0.007 KWD
refund    T3 P3 0.07 CNY at CHENGDU          -> SUCCESS, KPAY is asked to refund 0.003 KWD, KPAY owes 0.004 KWD
customer  NOUR at KPAY                       -> paid nothing (4.326 KWD were given back)

## Rupiah have two decimals that are always zero, in parts too.
order     P4 12.34 CNY at CHENGDU            -> PAYMENT_IN_PROCESS, shows a code
scan      P4 by SARI at DANA                 -> SUCCESS 28546.00 IDR, DANA holds 28575.00 IDR
notify    P4 S                               -> SUCCESS, CHENGDU is told SUCCESS, DANA holds nothing, DANA owes 28490.00 IDR
refund    R4 P4 5.55 CNY at CHENGDU          -> SUCCESS, DANA is asked to refund 12839.00 IDR, DANA owes 15689.00 IDR
refund    S4 P4 6.79 CNY at CHENGDU          -> SUCCESS, DANA is asked to refund 15707.00 IDR, DANA owes 29.00 IDR
customer  SARI at DANA                       -> paid nothing (28546.00 IDR were given back)
prove                                        -> balanced

## The market has moved meanwhile: a refund is at the rate of its payment.
code      C5 for ANNA at TNG                 -> SUCCESS
pay       P5 120.00 CNY with C5 at CHENGDU   -> waits, TNG is asked to pay 75.38 MYR, TNG holds 75.46 MYR
answer    P5 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 75.32 MYR
rate      MYR/CNY 1.20
refund    R5 P5 60.00 CNY at CHENGDU         -> SUCCESS, TNG is asked to refund 37.69 MYR, TNG owes 37.74 MYR
refund    S5 P5 60.00 CNY at CHENGDU         -> SUCCESS, TNG is asked to refund 37.69 MYR, TNG owes 0.16 MYR

## The same id again is the same refund; with another amount or payment it is refused, and so is more than is left.
code      C6 for BELLA at TNG                -> SUCCESS
pay       P6 50.00 CNY with C6 at CHENGDU    -> waits, TNG is asked to pay 41.87 MYR, TNG holds 41.91 MYR
answer    P6 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 41.94 MYR
refund    R6 P6 20.00 CNY at CHENGDU         -> SUCCESS, TNG is asked to refund 16.75 MYR, TNG owes 25.24 MYR
refund    R6 P6 20.00 CNY at CHENGDU         -> SUCCESS
refund    R6 P6 21.00 CNY at CHENGDU         -> REPEAT_REQ_INCONSISTENT
refund    R6 P5 20.00 CNY at CHENGDU         -> REPEAT_REQ_INCONSISTENT
refund    S6 P6 30.01 CNY at CHENGDU         -> REFUND_AMOUNT_EXCEED
refund    S6 P6 30.01 CNY at CHENGDU         -> REFUND_AMOUNT_EXCEED
refund    T6 P6 5.00 KWD at CHENGDU          -> CURRENCY_NOT_SUPPORT
refund    U6 P6 30.00 CNY at LUZERN          -> ORDER_NOT_EXIST
refund    V6 P6 30.00 CNY at CHENGDU         -> SUCCESS, TNG is asked to refund 25.12 MYR, TNG owes 0.20 MYR
customer  BELLA at TNG                       -> paid nothing (41.87 MYR were given back)

## The wallet does not know yet: U. What is under way cannot be refunded a second time. The till repeats the same id until it hears the end.
code      C7 for CHLOE at TNG                -> SUCCESS
pay       P7 50.00 CNY with C7 at CHENGDU    -> waits, TNG is asked to pay 41.87 MYR, TNG holds 41.91 MYR
answer    P7 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 41.98 MYR
refunds   TNG U
refund    R7 P7 20.00 CNY at CHENGDU         -> waits, TNG is asked to refund 16.75 MYR
wait      10 s                               -> CHENGDU is answered PAYMENT_IN_PROCESS, TNG is asked to refund 16.75 MYR 2 times
refund    R7 P7 20.00 CNY at CHENGDU         -> PAYMENT_IN_PROCESS
refund    S7 P7 40.00 CNY at CHENGDU         -> REFUND_AMOUNT_EXCEED
cancel    P7 at CHENGDU                      -> PROCESS_FAIL
refunds   TNG S
wait      20 s                               -> TNG is asked to refund 16.75 MYR, TNG owes 25.28 MYR
refund    R7 P7 20.00 CNY at CHENGDU         -> SUCCESS
inquire   P7 at CHENGDU                      -> SUCCESS, REFUND SUCCESS, REFUND FAIL

## The wallet refuses: F is final for this id, nothing is posted, and the amount is free for another refund.
refunds   TNG F USER_STATUS_ABNORMAL
refund    T7 P7 30.00 CNY at CHENGDU         -> USER_STATUS_ABNORMAL, TNG is asked to refund 25.12 MYR
refund    T7 P7 30.00 CNY at CHENGDU         -> USER_STATUS_ABNORMAL
refunds   TNG S
refund    U7 P7 30.00 CNY at CHENGDU         -> SUCCESS, TNG is asked to refund 25.12 MYR, TNG owes 0.24 MYR
customer  CHLOE at TNG                       -> paid nothing (41.87 MYR were given back)

## Only what is paid can be refunded.
order     P8 10.00 CNY at CHENGDU            -> PAYMENT_IN_PROCESS, shows a code
refund    R8 P8 10.00 CNY at CHENGDU         -> PROCESS_FAIL
cancel    P8 at CHENGDU                      -> SUCCESS, CHENGDU is told ORDER_IS_CLOSED
refund    S8 P8 10.00 CNY at CHENGDU         -> ORDER_IS_CLOSED
refund    T8 P99 10.00 CNY at CHENGDU        -> ORDER_NOT_EXIST

## A year: on the 365th day after the payment it can still be refunded, on the 366th no more.
code      C9 for DORA at TNG                 -> SUCCESS
pay       P9 50.00 CNY with C9 at CHENGDU    -> waits, TNG is asked to pay 41.87 MYR, TNG holds 41.91 MYR
answer    P9 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 42.02 MYR
days      365
refund    R9 P9 20.00 CNY at CHENGDU         -> SUCCESS, TNG is asked to refund 16.75 MYR, TNG owes 25.32 MYR
days      1
refund    S9 P9 20.00 CNY at CHENGDU         -> REFUND_WINDOW_EXCEED
balances
          fees:CHF                  credit        0.02 CHF
          position:LUZERN:CHF       debit         0.02 CHF
          fees:CNY                  credit        0.80 CNY
          fx:CNY                    debit        29.91 CNY
          position:CHENGDU:CNY      credit       29.11 CNY
          fees:IDR                  credit       29.00 IDR
          position:DANA:IDR         debit        29.00 IDR
          fees:KWD                  credit       0.004 KWD
          position:KPAY:KWD         debit        0.004 KWD
          fees:MYR                  credit        0.28 MYR
          fx:MYR                    credit       24.92 MYR
          position:TNG:MYR          debit        25.32 MYR
          rounding:MYR              debit         0.01 MYR
          spread:MYR                credit        0.13 MYR
prove                                        -> balanced
