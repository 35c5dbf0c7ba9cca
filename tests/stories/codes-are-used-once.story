# Codes are used once

## A payment code lives for a minute and is good for one payment request.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer  CHENGDU CNY
acquirer  HANGZHOU CNY
rate      MYR/CNY 1.60
code      C1 for ANNA at TNG                 -> SUCCESS
pay       P1 16.00 CNY with C1 at CHENGDU    -> waits, TNG is asked to pay 10.05 MYR, TNG holds 10.06 MYR
answer    P1 F USER_BALANCE_NOT_ENOUGH       -> CHENGDU is answered USER_BALANCE_NOT_ENOUGH, CHENGDU is told USER_BALANCE_NOT_ENOUGH, TNG holds nothing
pay       P2 16.00 CNY with C1 at CHENGDU    -> EXPIRED_CODE
pay       P1 16.00 CNY with C1 at HANGZHOU   -> EXPIRED_CODE
pay       P1 16.00 CNY with C1 at CHENGDU    -> USER_BALANCE_NOT_ENOUGH

## It is used up even by a payment that the network refuses.
code      C2 for ANNA at TNG                 -> SUCCESS
pay       P3 9000.00 CNY with C2 at CHENGDU  -> PAYMENT_AMOUNT_EXCEED_LIMIT, CHENGDU is told PAYMENT_AMOUNT_EXCEED_LIMIT
pay       P4 16.00 CNY with C2 at CHENGDU    -> EXPIRED_CODE

## After its minute it is too old.
code      C3 for ANNA at TNG                 -> SUCCESS
wait      59 s
pay       P5 16.00 CNY with C3 at CHENGDU    -> waits, TNG is asked to pay 10.05 MYR, TNG holds 10.06 MYR
answer    P5 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 10.06 MYR
code      C4 for ANNA at TNG                 -> SUCCESS
wait      60 s
pay       P6 16.00 CNY with C4 at CHENGDU    -> EXPIRED_CODE

## What is no code of this network is not known.
pay       P7 16.00 CNY with 281006020000000000125733 at CHENGDU -> INVALID_CODE
prove                                        -> balanced
