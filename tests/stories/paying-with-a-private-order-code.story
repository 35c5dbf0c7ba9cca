# Paying with a private order code

## The till shows a code of its acquirer's own. A wallet that scans it asks the network, and the network asks the acquirer what is behind it.
wallet    KAKAO KRW spread 50bp
wallet    TNG MYR cap 5000.00
acquirer  KLPAY MYR fee 20bp interchange 30bp
rate      MYR/KRW 300
private   P1 24.00 MYR                       -> shows its own code
inquire   P1                                 -> ORDER_NOT_EXIST
scan      P1 by JIHO at KAKAO                -> SUCCESS 7236 KRW, KLPAY is asked about its code, KAKAO holds 7236 KRW

## From here it is an order like any other. Scanned again, the same answer; the acquirer is not asked again.
scan      P1 by JIHO at KAKAO                -> SUCCESS 7236 KRW
scan      P1 by MINJI at KAKAO               -> REPEAT_REQ_INCONSISTENT
inquire   P1                                 -> PAYMENT_IN_PROCESS
notify    P1 S                               -> SUCCESS, KLPAY is told SUCCESS, KAKAO holds nothing, KAKAO owes 7214 KRW
inquire   P1                                 -> SUCCESS
scan      P1 by JIHO at KAKAO                -> ORDER_IS_CLOSED
postings  P1
          principal                 position:KAKAO:KRW     to fx:KRW                      7200 KRW
          spread                    position:KAKAO:KRW     to spread:KRW                    36 KRW
          settlement                fx:MYR                 to position:KLPAY:MYR         24.00 MYR
          acquirer_service_fee      position:KLPAY:MYR     to fees:MYR                    0.05 MYR
          interchange_from_acquirer position:KLPAY:MYR     to fx:MYR                      0.07 MYR
          interchange_to_wallet     fx:KRW                 to position:KAKAO:KRW            22 KRW

## The customer says no.
private   P2 10.00 MYR                       -> shows its own code
scan      P2 by JIHO at KAKAO                -> SUCCESS 3015 KRW, KLPAY is asked about its code, KAKAO holds 3015 KRW
notify    P2 F USER_BALANCE_NOT_ENOUGH       -> SUCCESS, KLPAY is told USER_BALANCE_NOT_ENOUGH, KAKAO holds nothing

## Two wallets scan the same code: the acquirer is asked by each, and must say the same.
private   P3 12.00 MYR                       -> shows its own code
scan      P3 by JIHO at KAKAO                -> SUCCESS 3618 KRW, KLPAY is asked about its code, KAKAO holds 3618 KRW
changes   P3 13.00 MYR                       -> shows its own code
scan      P3 by ANNA at TNG                  -> PROCESS_FAIL, KLPAY is asked about its code
changes   P3 12.00 MYR                       -> shows its own code
scan      P3 by ANNA at TNG                  -> SUCCESS 12.00 MYR, KLPAY is asked about its code, TNG holds 12.00 MYR
notify    P3 S at TNG                        -> SUCCESS, KAKAO is told to cancel, KLPAY is told SUCCESS, KAKAO holds nothing, TNG holds nothing, TNG owes 11.96 MYR

## The acquirer cancels before anybody has scanned: the code is dead.
private   P4 8.00 MYR                        -> shows its own code
cancel    P4                                 -> ORDER_NOT_EXIST
scan      P4 by JIHO at KAKAO                -> ORDER_IS_CLOSED, KLPAY is asked about its code
scan      P4 by JIHO at KAKAO                -> ORDER_IS_CLOSED

## A code that was scanned and not paid ends with its order.
private   P5 5.00 MYR                        -> shows its own code
scan      P5 by JIHO at KAKAO                -> SUCCESS 1508 KRW, KLPAY is asked about its code, KAKAO holds 1508 KRW
wait      4 min                              -> KAKAO is asked how it stands 8 times, KAKAO is told to cancel, KLPAY is told ORDER_IS_CLOSED, KAKAO holds nothing
inquire   P5                                 -> ORDER_IS_CLOSED
scan      P5 by JIHO at KAKAO                -> EXPIRED_CODE
prove                                        -> balanced
