# An unknown result

## The wallet says that it is not sure yet. The till waits eight seconds for an answer and is then told that the payment is in process; the wallet is asked again after 2, 4, 4 and 10 seconds, until it knows.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
code      C1 for ANNA at TNG                 -> SUCCESS
pay       P1 120.00 CNY with C1              -> waits, TNG is asked to pay 75.38 MYR, TNG holds 75.46 MYR
answer    P1 U
wait      9 s                                -> CHENGDU is answered PAYMENT_IN_PROCESS, TNG is asked how it stands 2 times
inquire   P1                                 -> PAYMENT_IN_PROCESS
decide    P1 S
wait      12 s                               -> TNG is asked how it stands, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 75.24 MYR
inquire   P1                                 -> SUCCESS

## The wallet debits, and its answer is lost on the way. Nothing is assumed: the money stays held until an inquiry brings the truth.
code      C2 for ANNA at TNG                 -> SUCCESS
pay       P2 120.00 CNY with C2              -> waits, TNG is asked to pay 75.38 MYR, TNG holds 75.46 MYR
away      TNG
answer    P2 S
wait      8 s                                -> CHENGDU is answered PAYMENT_IN_PROCESS
back      TNG
wait      8 s                                -> TNG is asked how it stands, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 150.48 MYR
inquire   P2                                 -> SUCCESS

## The wallet declines, and that answer is lost too.
code      C3 for ANNA at TNG                 -> SUCCESS
pay       P3 120.00 CNY with C3              -> waits, TNG is asked to pay 75.38 MYR, TNG holds 75.46 MYR
away      TNG
answer    P3 F RISK_REJECT
wait      8 s                                -> CHENGDU is answered PAYMENT_IN_PROCESS
back      TNG
wait      8 s                                -> TNG is asked how it stands, CHENGDU is told RISK_REJECT, TNG holds nothing
inquire   P3                                 -> RISK_REJECT

## An acquirer that does not take its notice is told again: after 5 and 30 seconds, 2 minutes, 10 minutes.
deaf      CHENGDU
code      C4 for ANNA at TNG                 -> SUCCESS
pay       P4 16.00 CNY with C4               -> waits, TNG is asked to pay 10.05 MYR, TNG holds 10.06 MYR
answer    P4 S                               -> CHENGDU is answered SUCCESS, TNG holds nothing, TNG owes 160.51 MYR
wait      60 s
hears     CHENGDU
wait      3 min                              -> CHENGDU is told SUCCESS

customer  ANNA at TNG                        -> paid 160.81 MYR
prove                                        -> balanced
