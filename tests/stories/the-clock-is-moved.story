# The clock is moved

## In a sandbox network nobody has to wait. A payment code lives one minute; ten minutes later it is over.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
code      C1 for ANNA at TNG                 -> SUCCESS
move      10 min
pay       P1 12.00 CNY with C1               -> EXPIRED_CODE

## An order code is closed as soon as the time has passed it, and the till is told.
order     P2 12.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
move      3 min                              -> CHENGDU is told ORDER_IS_CLOSED
inquire   P2                                 -> ORDER_IS_CLOSED
scan      P2 by ANNA at TNG                  -> EXPIRED_CODE

## A wallet is not sure, and a day passes in a second. It is asked a last time and told to cancel; the till, which has been waiting for its answer for nine real seconds at most, hears that the payment is closed.
code      C3 for ANNA at TNG                 -> SUCCESS
pay       P3 12.00 CNY with C3               -> waits, TNG is asked to pay 7.54 MYR, TNG holds 7.55 MYR
answer    P3 U
wait      1 s
move      24 h                               -> CHENGDU is answered ORDER_IS_CLOSED, TNG is asked how it stands, TNG is told to cancel, CHENGDU is told ORDER_IS_CLOSED, TNG holds nothing
inquire   P3                                 -> ORDER_IS_CLOSED
prove                                        -> balanced
