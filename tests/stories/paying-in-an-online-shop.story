# Paying in an online shop

## A page or an app sends the visitor to the network's own page, which leads to a wallet; from there it is an order like any other.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
wallet    KAKAO KRW spread 50bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
rate      CNY/KRW 200
cashier   P1 120.00 CNY                      -> PAYMENT_IN_PROCESS, has an address
cashier   P1 120.00 CNY                      -> PAYMENT_IN_PROCESS, has an address
cashier   P1 121.00 CNY                      -> REPEAT_REQ_INCONSISTENT
open      P1                                 -> an order code
scan      P1 by ANNA at TNG                  -> SUCCESS 75.38 MYR, TNG holds 75.46 MYR
notify    P1 S                               -> SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 75.24 MYR
notify    P1 S                               -> SUCCESS
open      P1                                 -> ORDER_IS_CLOSED
cashier   P1 120.00 CNY                      -> SUCCESS

## It waits ten minutes, more than three times as long as a code on a till.
cashier   P2 50.00 CNY                       -> PAYMENT_IN_PROCESS, has an address
open      P2                                 -> an order code
wait      9 min
scan      P2 by ANNA at TNG                  -> SUCCESS 31.41 MYR, TNG holds 31.44 MYR
wait      61 s                               -> TNG is asked how it stands 6 times, TNG is told to cancel, CHENGDU is told ORDER_IS_CLOSED, TNG holds nothing
inquire   P2                                 -> ORDER_IS_CLOSED
notify    P2 S                               -> ORDER_IS_CLOSED, TNG is told to cancel
wait      6 min

## A wallet that debited and could not tell is asked, and tells the truth then.
cashier   P3 80.00 CNY                       -> PAYMENT_IN_PROCESS, has an address
open      P3                                 -> an order code
scan      P3 by ANNA at TNG                  -> SUCCESS 50.25 MYR, TNG holds 50.30 MYR
decide    P3 S
wait      3 s                                -> TNG is asked how it stands, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 125.39 MYR

## The visitor opened two wallets and paid in both: the second gives back.
cashier   P4 60.00 CNY                       -> PAYMENT_IN_PROCESS, has an address
open      P4                                 -> an order code
scan      P4 by ANNA at TNG                  -> SUCCESS 37.69 MYR, TNG holds 37.73 MYR
scan      P4 by JIHO at KAKAO                -> SUCCESS 12060 KRW, KAKAO holds 12060 KRW
notify    P4 S at TNG                        -> SUCCESS, KAKAO is told to cancel, CHENGDU is told SUCCESS, KAKAO holds nothing, TNG holds nothing, TNG owes 163.01 MYR
notify    P4 S at KAKAO                      -> ORDER_IS_CLOSED, KAKAO is told to cancel

## The visitor says no in the wallet.
cashier   P5 10.00 CNY                       -> PAYMENT_IN_PROCESS, has an address
open      P5                                 -> an order code
scan      P5 by ANNA at TNG                  -> SUCCESS 6.28 MYR, TNG holds 6.29 MYR
notify    P5 F USER_PAYMENT_VERIFICATION_FAILED -> SUCCESS, CHENGDU is told USER_PAYMENT_VERIFICATION_FAILED, TNG holds nothing
inquire   P5                                 -> USER_PAYMENT_VERIFICATION_FAILED

customer  ANNA at TNG                        -> paid 163.32 MYR (31.41 MYR were given back)
customer  JIHO at KAKAO                      -> paid nothing (12060 KRW were given back)
prove                                        -> balanced
