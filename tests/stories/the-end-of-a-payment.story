# The end of a payment

## A wallet is asked and says that the customer has paid; that is the end. Its own notice comes afterwards: it is taken, and changes nothing. A notice that says something else is refused.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
order     P1 80.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P1 by ANNA at TNG                  -> SUCCESS 50.25 MYR, TNG holds 50.30 MYR
decide    P1 S
wait      3 s                                -> TNG is asked how it stands, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 50.15 MYR
inquire   P1                                 -> SUCCESS
notify    P1 S                               -> SUCCESS
notify    P1 F RISK_REJECT                   -> REPEAT_REQ_INCONSISTENT
inquire   P1                                 -> SUCCESS
customer  ANNA at TNG                        -> paid 50.25 MYR

## A wallet that is not sure is asked until the payment's minute is over, and once more then. It still does not know: it is told to cancel, and the till hears that the payment is closed.
code      C2 for ANNA at TNG                 -> SUCCESS
pay       P2 40.00 CNY with C2               -> waits, TNG is asked to pay 25.12 MYR, TNG holds 25.15 MYR
answer    P2 U
wait      90 s                               -> CHENGDU is answered PAYMENT_IN_PROCESS, TNG is asked how it stands 6 times, TNG is told to cancel, CHENGDU is told ORDER_IS_CLOSED, TNG holds nothing
inquire   P2                                 -> ORDER_IS_CLOSED
customer  ANNA at TNG                        -> paid 50.25 MYR
prove                                        -> balanced
