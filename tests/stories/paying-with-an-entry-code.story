# Paying with an entry code

## The shop's code is printed: it opens a page of the acquirer in the wallet, where the visitor types the amount. The order that comes of it has an address of the network; opening that gives an order code.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
wallet    KAKAO KRW spread 50bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
rate      CNY/KRW 200
entry     P1 120.00 CNY                      -> PAYMENT_IN_PROCESS, has an address
entry     P1 120.00 CNY                      -> PAYMENT_IN_PROCESS, has an address
entry     P1 121.00 CNY                      -> REPEAT_REQ_INCONSISTENT
open      P1                                 -> an order code
scan      P1 by ANNA at TNG                  -> SUCCESS 75.38 MYR, TNG holds 75.46 MYR
open      P1                                 -> an order code

## From there it is an order like any other.
notify    P1 S                               -> SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 75.24 MYR
open      P1                                 -> ORDER_IS_CLOSED
inquire   P1                                 -> SUCCESS
postings  P1
          principal                 position:TNG:MYR       to fx:MYR                     75.00 MYR
          spread                    position:TNG:MYR       to spread:MYR                  0.38 MYR
          settlement                fx:CNY                 to position:CHENGDU:CNY      120.00 CNY
          acquirer_service_fee      position:CHENGDU:CNY   to fees:CNY                    0.24 CNY
          wallet_service_fee        position:TNG:MYR       to fees:MYR                    0.08 MYR
          interchange_from_acquirer position:CHENGDU:CNY   to fx:CNY                      0.36 CNY
          interchange_to_wallet     fx:MYR                 to position:TNG:MYR            0.22 MYR

## The visitor types an amount and walks away: after three minutes the address is dead and the order closed.
entry     P2 50.00 CNY                       -> PAYMENT_IN_PROCESS, has an address
open      P2                                 -> an order code
wait      3 min                              -> CHENGDU is told ORDER_IS_CLOSED
open      P2                                 -> EXPIRED_CODE
scan      P2 by ANNA at TNG                  -> EXPIRED_CODE
inquire   P2                                 -> ORDER_IS_CLOSED

## A wallet that has taken the order and stays silent is asked a last time; its late success is given back.
entry     P3 80.00 CNY                       -> PAYMENT_IN_PROCESS, has an address
open      P3                                 -> an order code
scan      P3 by ANNA at TNG                  -> SUCCESS 50.25 MYR, TNG holds 50.30 MYR
away      TNG
wait      4 min                              -> TNG is asked how it stands 7 times, TNG is told to cancel 5 times, CHENGDU is told ORDER_IS_CLOSED, TNG holds nothing
back      TNG
notify    P3 S                               -> ORDER_IS_CLOSED
wait      6 min                              -> TNG is told to cancel
customer  ANNA at TNG                        -> paid 75.38 MYR (50.25 MYR were given back)

## Two wallets opened the page's address: the first success wins, the other gives back.
entry     P4 60.00 CNY                       -> PAYMENT_IN_PROCESS, has an address
open      P4                                 -> an order code
scan      P4 by ANNA at TNG                  -> SUCCESS 37.69 MYR, TNG holds 37.73 MYR
scan      P4 by JIHO at KAKAO                -> SUCCESS 12060 KRW, KAKAO holds 12060 KRW
notify    P4 S at KAKAO                      -> SUCCESS, TNG is told to cancel, CHENGDU is told SUCCESS, KAKAO holds nothing, KAKAO owes 12024 KRW, TNG holds nothing
notify    P4 S at TNG                        -> ORDER_IS_CLOSED, TNG is told to cancel
notify    P4 S at KAKAO                      -> SUCCESS
customer  JIHO at KAKAO                      -> paid 12060 KRW

prove                                        -> balanced
