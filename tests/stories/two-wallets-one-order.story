# Two wallets, one order

## Two visitors scan the same code. The first success wins; the other wallet is told to cancel.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
wallet    KAKAO KRW cap 5000000 spread 50bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
rate      CNY/KRW 200
order     P1 120.00 CNY                      -> PAYMENT_IN_PROCESS, shows a code
scan      P1 by ANNA at TNG                  -> SUCCESS 75.38 MYR, TNG holds 75.46 MYR
scan      P1 by MINJI at KAKAO               -> SUCCESS 24120 KRW, KAKAO holds 24120 KRW
notify    P1 S at KAKAO                      -> SUCCESS, TNG is told to cancel, CHENGDU is told SUCCESS, KAKAO holds nothing, KAKAO owes 24048 KRW, TNG holds nothing
notify    P1 S at TNG                        -> ORDER_IS_CLOSED, TNG is told to cancel
customer  ANNA at TNG                        -> paid nothing (75.38 MYR were given back)
customer  MINJI at KAKAO                     -> paid 24120 KRW

## One of two declines: the order stays open for the other.
order     P2 60.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P2 by ANNA at TNG                  -> SUCCESS 37.69 MYR, TNG holds 37.73 MYR
scan      P2 by MINJI at KAKAO               -> SUCCESS 12060 KRW, KAKAO holds 12060 KRW
notify    P2 F USER_BALANCE_NOT_ENOUGH at TNG -> SUCCESS, TNG holds nothing
inquire   P2                                 -> PAYMENT_IN_PROCESS
notify    P2 S at KAKAO                      -> SUCCESS, CHENGDU is told SUCCESS, KAKAO holds nothing, KAKAO owes 36072 KRW
inquire   P2                                 -> SUCCESS

## A wallet says no and changes its mind. The first word counts: the money goes back to the visitor.
order     P3 60.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P3 by ANNA at TNG                  -> SUCCESS 37.69 MYR, TNG holds 37.73 MYR
notify    P3 F RISK_REJECT                   -> SUCCESS, CHENGDU is told RISK_REJECT, TNG holds nothing
notify    P3 S                               -> ORDER_IS_CLOSED, TNG is told to cancel
inquire   P3                                 -> RISK_REJECT
customer  ANNA at TNG                        -> paid nothing (113.07 MYR were given back)

## The other way round, success is final too, and the contradiction is refused.
order     P4 60.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P4 by ANNA at TNG                  -> SUCCESS 37.69 MYR, TNG holds 37.73 MYR
notify    P4 S                               -> SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 37.62 MYR
notify    P4 F RISK_REJECT                   -> REPEAT_REQ_INCONSISTENT
inquire   P4                                 -> SUCCESS
prove                                        -> balanced
