# Typing the amount of a printed code

## The shop has printed the code of the national scheme. Each visitor types an amount; the wallet makes a code of that payment alone.
wallet    KAKAO KRW spread 50bp
wallet    TNG MYR cap 5000.00
acquirer  KLPAY MYR fee 20bp interchange 30bp
rate      MYR/KRW 300
typed     P1 24.00 MYR                       -> shows its own code
scan      P1 by JIHO at KAKAO                -> SUCCESS 7236 KRW, KLPAY is asked about its code, KAKAO holds 7236 KRW
typed     P2 24.00 MYR                       -> shows its own code
scan      P2 by ANNA at TNG                  -> SUCCESS 24.00 MYR, KLPAY is asked about its code, TNG holds 24.00 MYR
notify    P1 S                               -> SUCCESS, KAKAO is told that the shop is credited, KLPAY is told to credit, KLPAY is told SUCCESS, KAKAO holds nothing, KAKAO owes 7214 KRW
notify    P2 S                               -> SUCCESS, TNG is told that the shop is credited, KLPAY is told to credit, KLPAY is told SUCCESS, TNG holds nothing, TNG owes 23.93 MYR
credited  P1                                 -> the shop was credited once
credited  P2                                 -> the shop was credited once

## The acquirer must ask the amount that was typed.
typed     P3 5.00 MYR                        -> shows its own code
changes   P3 50.00 MYR                       -> shows its own code
scan      P3 by JIHO at KAKAO                -> PROCESS_FAIL, KLPAY is asked about its code
prove                                        -> balanced
