# Too late

## Nobody scans the order code within its three minutes: the order is closed.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
order     P1 120.00 CNY                      -> PAYMENT_IN_PROCESS, shows a code
wait      170 s
wait      15 s                               -> CHENGDU is told ORDER_IS_CLOSED
inquire   P1                                 -> ORDER_IS_CLOSED
scan      P1 by ANNA at TNG                  -> EXPIRED_CODE

## The order is scanned and never confirmed. At its end the wallet is asked a last time, the order is closed, the hold goes, and the wallet is told to cancel.
order     P2 120.00 CNY                      -> PAYMENT_IN_PROCESS, shows a code
scan      P2 by ANNA at TNG                  -> SUCCESS 75.38 MYR, TNG holds 75.46 MYR
wait      3 min                              -> TNG is asked how it stands 8 times, TNG is told to cancel, CHENGDU is told ORDER_IS_CLOSED, TNG holds nothing
inquire   P2                                 -> ORDER_IS_CLOSED

## The wallet debits all the same and tells too late. The success never counts: the wallet is told to give the money back, and the till never hears of it.
notify    P2 S                               -> ORDER_IS_CLOSED, TNG is told to cancel
inquire   P2                                 -> ORDER_IS_CLOSED
postings  P2
          none
customer  ANNA at TNG                        -> paid nothing (75.38 MYR were given back)

## A payment code that was paid too late. The wallet does not answer for a minute, the till is told that the payment is closed, and then the wallet comes back with a success.
code      C3 for BELLA at TNG                -> SUCCESS
pay       P3 40.00 CNY with C3               -> waits, TNG is asked to pay 25.12 MYR, TNG holds 25.15 MYR
away      TNG
answer    P3 S
wait      90 s                               -> CHENGDU is answered PAYMENT_IN_PROCESS, TNG is asked how it stands 5 times, TNG is told to cancel 3 times, CHENGDU is told ORDER_IS_CLOSED, TNG holds nothing
inquire   P3                                 -> ORDER_IS_CLOSED
customer  BELLA at TNG                       -> paid 25.12 MYR

## While the wallet is away it is told again and again to cancel, until it has.
back      TNG
wait      2 min                              -> TNG is told to cancel
customer  BELLA at TNG                       -> paid nothing (25.12 MYR were given back)
balances
prove                                        -> balanced
