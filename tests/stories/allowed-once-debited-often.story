# Allowed once, debited often

## A visitor allows a tea club in Chengdu to charge the wallet at home. From then on the club asks the wallet by its token, without the visitor: the answer is the wallet's, at once, at the rate of the day.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
bind      A1 for ANNA                        -> SUCCESS, the shop has a token, TNG is asked for a consent page, TNG is asked for tokens
debit     P1 120.00 CNY by A1                -> waits, TNG is asked to pay 75.38 MYR, TNG holds 75.46 MYR
answer    P1 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 75.24 MYR

## The same id again is the same payment. The token of another visitor does not get that payment as an answer, and does not pay it either.
debit     P1 120.00 CNY by A1                -> SUCCESS
bind      A2 for BEN                         -> SUCCESS, the shop has a token, TNG is asked for a consent page, TNG is asked for tokens
debit     P1 120.00 CNY by A2                -> REPEAT_REQ_INCONSISTENT
customer  BEN at TNG                         -> paid nothing

## The wallet's own reasons for not paying are passed on. It can be asked beforehand whether it would pay: nothing moves, and nothing is written.
evaluate  P2 16.00 CNY by A1                 -> SUCCESS, TNG is asked to pay
debit     P2 16.00 CNY by A1                 -> waits, TNG is asked to pay 10.05 MYR, TNG holds 10.06 MYR
answer    P2 F USER_BALANCE_NOT_ENOUGH       -> CHENGDU is answered USER_BALANCE_NOT_ENOUGH, CHENGDU is told USER_BALANCE_NOT_ENOUGH, TNG holds nothing

## Part of it is given back like any other payment.
refund    R1 P1 60.00 CNY                    -> SUCCESS, TNG is asked to refund 37.69 MYR, TNG owes 37.66 MYR
customer  ANNA at TNG                        -> paid 37.69 MYR (37.69 MYR were given back)

## An access token lives an hour here; then it is refreshed, and the old one is void. What it was refused with stays refused: a new id is used.
days      1
debit     P3 16.00 CNY by A1                 -> EXPIRED_ACCESS_TOKEN, CHENGDU is told EXPIRED_ACCESS_TOKEN
renew     A1                                 -> SUCCESS, TNG is asked for tokens
debit     P3 16.00 CNY by A1                 -> EXPIRED_ACCESS_TOKEN
debit     P4 16.00 CNY by A1                 -> waits, TNG is asked to pay 10.05 MYR, TNG holds 10.06 MYR
answer    P4 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 47.69 MYR

## The visitor takes it back in the wallet: from then on the network itself refuses, and the shop is told.
takeback  A1                                 -> SUCCESS, the shop is told
debit     P5 16.00 CNY by A1                 -> INVALID_TOKEN

## The shop ends the other one while the wallet cannot be reached. Nothing is debited any more; that it is done is said when the wallet knows.
away      TNG
revoke    A2                                 -> waits, TNG is told to end an agreement
wait      8 s                                -> CHENGDU is answered UNKNOWN_EXCEPTION, TNG is told to end an agreement
debit     P6 16.00 CNY by A2                 -> INVALID_TOKEN
back      TNG
wait      30 s                               -> TNG is told to end an agreement
revoke    A2                                 -> SUCCESS
customer  BEN at TNG                         -> paid nothing
prove                                        -> balanced
