# Cancelling a payment

## An order that nobody has paid is closed, and the wallet that has it is told to cancel. Whatever that wallet says afterwards comes too late: its success is taken back, and never cleared.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
wallet    KAKAO KRW cap 5000000 spread 50bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
rate      CNY/KRW 193.57
order     P1 120.00 CNY                      -> PAYMENT_IN_PROCESS, shows a code
scan      P1 by ANNA at TNG                  -> SUCCESS 75.38 MYR, TNG holds 75.46 MYR
cancel    P1                                 -> SUCCESS, TNG is told to cancel, CHENGDU is told ORDER_IS_CLOSED, TNG holds nothing
notify    P1 S                               -> ORDER_IS_CLOSED, TNG is told to cancel
inquire   P1                                 -> ORDER_IS_CLOSED, CANCEL SUCCESS
cancel    P1                                 -> SUCCESS
scan      P1 by MINJI at KAKAO               -> ORDER_IS_CLOSED
customer  ANNA at TNG                        -> paid nothing (75.38 MYR were given back)

## A payment code: the wallet is asked, the till cancels, and then the wallet comes with its success. The cancel wins, and the till is told so once.
code      C2 for ANNA at TNG                 -> SUCCESS
pay       P2 40.00 CNY with C2               -> waits, TNG is asked to pay 25.12 MYR, TNG holds 25.15 MYR
wait      10 s                               -> CHENGDU is answered PAYMENT_IN_PROCESS, TNG is asked how it stands
cancel    P2                                 -> SUCCESS, TNG is told to cancel, CHENGDU is told ORDER_IS_CLOSED, TNG holds nothing
notify    P2 S                               -> ORDER_IS_CLOSED, TNG is told to cancel
inquire   P2                                 -> ORDER_IS_CLOSED, CANCEL SUCCESS
customer  ANNA at TNG                        -> paid nothing (100.50 MYR were given back)

## The wallet says F first and S later, and says S twice. Each time it is told to cancel.
code      C3 for BELLA at TNG                -> SUCCESS
pay       P3 40.00 CNY with C3               -> waits, TNG is asked to pay 25.12 MYR, TNG holds 25.15 MYR
answer    P3 F RISK_REJECT                   -> CHENGDU is answered RISK_REJECT, CHENGDU is told RISK_REJECT, TNG holds nothing
notify    P3 S                               -> ORDER_IS_CLOSED, TNG is told to cancel
notify    P3 S                               -> ORDER_IS_CLOSED, TNG is told to cancel
inquire   P3                                 -> RISK_REJECT
cancel    P3                                 -> SUCCESS
customer  BELLA at TNG                       -> paid nothing (50.24 MYR were given back)
postings  P3
          none

## A payment that is paid may be cancelled until 00:15 (UTC+8) of the next day. Its postings are taken back at once, and the wallet gives the money back.
code      C4 for CHLOE at TNG                -> SUCCESS
pay       P4 36.00 CNY with C4               -> waits, TNG is asked to pay 22.61 MYR, TNG holds 22.63 MYR
answer    P4 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 22.56 MYR
postings  P4
          principal                 position:TNG:MYR       to fx:MYR                     22.50 MYR
          spread                    position:TNG:MYR       to spread:MYR                  0.11 MYR
          settlement                fx:CNY                 to position:CHENGDU:CNY       36.00 CNY
          acquirer_service_fee      position:CHENGDU:CNY   to fees:CNY                    0.07 CNY
          wallet_service_fee        position:TNG:MYR       to fees:MYR                    0.02 MYR
          interchange_from_acquirer position:CHENGDU:CNY   to fx:CNY                      0.11 CNY
          interchange_to_wallet     fx:MYR                 to position:TNG:MYR            0.07 MYR
until     00:14
cancel    P4                                 -> SUCCESS, TNG is told to cancel, TNG owes 0.00 MYR
inquire   P4                                 -> ORDER_IS_CLOSED, CANCEL SUCCESS
cancel    P4                                 -> SUCCESS
customer  CHLOE at TNG                       -> paid nothing (22.61 MYR were given back)
balances
prove                                        -> balanced

## At 00:16 it is too late: the day is closed, and the till refunds instead.
until     12:00
code      C5 for CHLOE at TNG                -> SUCCESS
pay       P5 36.00 CNY with C5               -> waits, TNG is asked to pay 22.61 MYR, TNG holds 22.63 MYR
answer    P5 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 22.56 MYR
until     00:16
cancel    P5                                 -> CANCEL_WINDOW_EXCEED
inquire   P5                                 -> SUCCESS
refund    R5 P5 36.00 CNY                    -> SUCCESS, TNG is asked to refund 22.61 MYR, TNG owes 0.02 MYR

## The wallet does not answer when it is told to cancel. It is told again until it has; at 00:29 it must still be able to.
code      C6 for DORA at TNG                 -> SUCCESS
pay       P6 36.00 CNY with C6               -> waits, TNG is asked to pay 22.61 MYR, TNG holds 22.63 MYR
answer    P6 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 22.58 MYR
until     00:14
away      TNG
cancel    P6                                 -> SUCCESS, TNG is told to cancel, TNG owes 0.02 MYR
customer  DORA at TNG                        -> paid 22.61 MYR
wait      50 s                               -> TNG is told to cancel 3 times
until     00:29                              -> TNG is told to cancel
back      TNG
wait      5 min                              -> TNG is told to cancel
customer  DORA at TNG                        -> paid nothing (22.61 MYR were given back)

## A wallet whose own day is over at 00:30 may say so; then it is asked to refund everything, which it must be able to for a year.
order     P7 36.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P7 by MINJI at KAKAO               -> SUCCESS 7003 KRW, KAKAO holds 7003 KRW
notify    P7 S                               -> SUCCESS, CHENGDU is told SUCCESS, KAKAO holds nothing, KAKAO owes 6982 KRW
until     00:14
away      KAKAO
cancel    P7                                 -> SUCCESS, KAKAO is told to cancel, KAKAO owes 0 KRW
overday   KAKAO
wait      50 s                               -> KAKAO is told to cancel 3 times
until     00:29                              -> KAKAO is told to cancel
back      KAKAO
wait      30 s
until     00:31                              -> KAKAO is told to cancel, KAKAO is asked to refund 7003 KRW
wait      10 min
customer  MINJI at KAKAO                     -> paid nothing (7003 KRW were given back)

## An id that was never paid with: there is no such payment, and from now on there cannot be one.
cancel    P8                                 -> ORDER_NOT_EXIST
cancel    P8                                 -> ORDER_NOT_EXIST
order     P8 12.00 CNY                       -> ORDER_IS_CLOSED
inquire   P8                                 -> ORDER_IS_CLOSED

## A payment that was refunded, even in part, is not cancelled any more.
code      C9 for ANNA at TNG                 -> SUCCESS
pay       P9 36.00 CNY with C9               -> waits, TNG is asked to pay 22.61 MYR, TNG holds 22.63 MYR
answer    P9 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 22.58 MYR
refund    R9 P9 6.00 CNY                     -> SUCCESS, TNG is asked to refund 3.77 MYR, TNG owes 18.82 MYR
cancel    P9                                 -> PROCESS_FAIL
refund    S9 P9 30.00 CNY                    -> SUCCESS, TNG is asked to refund 18.84 MYR, TNG owes 0.04 MYR
customer  ANNA at TNG                        -> paid nothing (123.11 MYR were given back)
prove                                        -> balanced
