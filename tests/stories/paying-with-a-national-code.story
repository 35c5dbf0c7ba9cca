# Paying with a national code

## The till shows a code of the national scheme. The acquirer says what is behind it; the wallet pays, and the shop has its money when the acquirer has credited it.
wallet    KAKAO KRW spread 50bp
wallet    TNG MYR cap 5000.00
acquirer  KLPAY MYR fee 20bp interchange 30bp
rate      MYR/KRW 300
national  P1 24.00 MYR                       -> shows its own code
scan      P1 by JIHO at KAKAO                -> SUCCESS 7236 KRW, KLPAY is asked about its code, KAKAO holds 7236 KRW
notify    P1 S                               -> SUCCESS, KAKAO is told that the shop is credited, KLPAY is told to credit, KLPAY is told SUCCESS, KAKAO holds nothing, KAKAO owes 7214 KRW
credited  P1                                 -> the shop was credited once
inquire   P1                                 -> SUCCESS
postings  P1
          principal                 position:KAKAO:KRW     to fx:KRW                      7200 KRW
          spread                    position:KAKAO:KRW     to spread:KRW                    36 KRW
          settlement                fx:MYR                 to position:KLPAY:MYR         24.00 MYR
          acquirer_service_fee      position:KLPAY:MYR     to fees:MYR                    0.05 MYR
          interchange_from_acquirer position:KLPAY:MYR     to fx:MYR                      0.07 MYR
          interchange_to_wallet     fx:KRW                 to position:KAKAO:KRW            22 KRW

## The acquirer cannot credit the shop: the visitor gets the money back.
pushes    F MERCHANT_KYB_NOT_QUALIFIED
national  P2 10.00 MYR                       -> shows its own code
scan      P2 by JIHO at KAKAO                -> SUCCESS 3015 KRW, KLPAY is asked about its code, KAKAO holds 3015 KRW
notify    P2 S                               -> SUCCESS, KAKAO is told to cancel, KLPAY is told to credit, KLPAY is told MERCHANT_KYB_NOT_QUALIFIED, KAKAO holds nothing
inquire   P2                                 -> MERCHANT_KYB_NOT_QUALIFIED

## It said F, and credits after all: too late, it is not owed that.
announce  P2 S                               -> ORDER_IS_CLOSED

## The acquirer does not know yet. Until it does nothing is posted; it is asked after 4 seconds.
pushes    U
national  P3 12.00 MYR                       -> shows its own code
scan      P3 by JIHO at KAKAO                -> SUCCESS 3618 KRW, KLPAY is asked about its code, KAKAO holds 3618 KRW
scan      P3 by ANNA at TNG                  -> SUCCESS 12.00 MYR, KLPAY is asked about its code, TNG holds 12.00 MYR
notify    P3 S                               -> SUCCESS, KAKAO is told to cancel, KLPAY is told to credit, KAKAO holds nothing
inquire   P3                                 -> PAYMENT_IN_PROCESS
scan      P3 by ANNA at TNG                  -> ORDER_IS_CLOSED
notify    P3 F PROCESS_FAIL at KAKAO         -> SUCCESS
wait      5 s                                -> KLPAY is asked whether it has credited
credits   P3
wait      5 s                                -> TNG is told that the shop is credited, KLPAY is asked whether it has credited, KLPAY is told SUCCESS, TNG holds nothing, TNG owes 11.96 MYR
credited  P3                                 -> the shop was credited once
announce  P3 S                               -> SUCCESS
announce  P3 F                               -> REPEAT_REQ_INCONSISTENT

## It says by itself that it is done.
national  P4 6.00 MYR                        -> shows its own code
scan      P4 by JIHO at KAKAO                -> SUCCESS 1809 KRW, KLPAY is asked about its code, KAKAO holds 1809 KRW
notify    P4 S                               -> SUCCESS, KLPAY is told to credit
announce  P4 S                               -> SUCCESS, KAKAO is told that the shop is credited, KLPAY is told SUCCESS, KAKAO holds nothing, KAKAO owes 9018 KRW

## The call was lost, as when a hub dies before it: the acquirer has never heard of it, and is told again.
pushes    lost
national  P5 7.00 MYR                        -> shows its own code
scan      P5 by JIHO at KAKAO                -> SUCCESS 2110 KRW, KLPAY is asked about its code, KAKAO holds 2110 KRW
notify    P5 S                               -> SUCCESS, KLPAY is told to credit
wait      8 s
pushes    S
wait      15 s                               -> KAKAO is told that the shop is credited, KLPAY is asked whether it has credited, KLPAY is told to credit, KLPAY is told SUCCESS, KAKAO holds nothing, KAKAO owes 11122 KRW
credited  P5                                 -> the shop was credited once

## The answer was lost: asked, the acquirer says that it has credited, and does it once.
pushes    unheard
national  P6 9.00 MYR                        -> shows its own code
scan      P6 by JIHO at KAKAO                -> SUCCESS 2714 KRW, KLPAY is asked about its code, KAKAO holds 2714 KRW
notify    P6 S                               -> SUCCESS, KLPAY is told to credit
wait      15 s                               -> KAKAO is told that the shop is credited, KLPAY is asked whether it has credited, KLPAY is told SUCCESS, KAKAO holds nothing, KAKAO owes 13828 KRW
credited  P6                                 -> the shop was credited once

## The wallet does not hear it: it is told again, and the visitor's page says when the shop has its money.
pushes    U
national  P9 6.00 MYR                        -> shows its own code
scan      P9 by JIHO at KAKAO                -> SUCCESS 1809 KRW, KLPAY is asked about its code, KAKAO holds 1809 KRW
notify    P9 S                               -> SUCCESS, KLPAY is told to credit
away      KAKAO
announce  P9 S                               -> SUCCESS, KAKAO is told that the shop is credited, KLPAY is told SUCCESS, KAKAO holds nothing, KAKAO owes 15632 KRW
wait      8 s
back      KAKAO
wait      6 s                                -> KAKAO is told that the shop is credited
wait      60 s

## The acquirer never knows. After a quarter of an hour the visitor has the money back.
pushes    U
national  P7 20.00 MYR                       -> shows its own code
scan      P7 by JIHO at KAKAO                -> SUCCESS 6030 KRW, KLPAY is asked about its code, KAKAO holds 6030 KRW
notify    P7 S                               -> SUCCESS, KLPAY is told to credit
wait      16 min                             -> KAKAO is told to cancel, KLPAY is asked whether it has credited 9 times, KLPAY is told ORDER_IS_CLOSED, KAKAO holds nothing
inquire   P7                                 -> ORDER_IS_CLOSED
announce  P7 S                               -> ORDER_IS_CLOSED

## The acquirer cancels while the shop is still to be credited.
national  P8 11.00 MYR                       -> shows its own code
scan      P8 by JIHO at KAKAO                -> SUCCESS 3316 KRW, KLPAY is asked about its code, KAKAO holds 3316 KRW
notify    P8 S                               -> SUCCESS, KLPAY is told to credit
cancel    P8                                 -> SUCCESS, KAKAO is told to cancel, KLPAY is told ORDER_IS_CLOSED, KAKAO holds nothing
inquire   P8                                 -> ORDER_IS_CLOSED, CANCEL SUCCESS
customer  JIHO at KAKAO                      -> paid 15678 KRW (12361 KRW were given back)
prove                                        -> balanced
