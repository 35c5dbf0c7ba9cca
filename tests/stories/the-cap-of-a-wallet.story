# A wallet's cap

## What a wallet may owe is bounded. The cap counts what it owes and what is held.
wallet    TNG MYR cap 100.00 fee 10bp
acquirer  CHENGDU CNY
rate      MYR/CNY 1.60
code      C1 for ANNA at TNG                 -> SUCCESS
pay       P1 96.00 CNY with C1               -> waits, TNG is asked to pay 60.00 MYR, TNG holds 60.06 MYR
code      C2 for BELLA at TNG                -> SUCCESS
pay       P2 64.00 CNY with C2               -> PAYMENT_AMOUNT_EXCEED_LIMIT, CHENGDU is told PAYMENT_AMOUNT_EXCEED_LIMIT

## What is not needed is free at once: the first payment fails, and a second fits.
answer    P1 F USER_BALANCE_NOT_ENOUGH       -> CHENGDU is answered USER_BALANCE_NOT_ENOUGH, CHENGDU is told USER_BALANCE_NOT_ENOUGH, TNG holds nothing
code      C3 for BELLA at TNG                -> SUCCESS
pay       P3 64.00 CNY with C3               -> waits, TNG is asked to pay 40.00 MYR, TNG holds 40.04 MYR
answer    P3 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 40.04 MYR

## Order codes are held when they are scanned.
order     P4 96.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P4 by ANNA at TNG                  -> PAYMENT_AMOUNT_EXCEED_LIMIT
order     P5 90.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P5 by ANNA at TNG                  -> SUCCESS 56.25 MYR, TNG holds 56.31 MYR
notify    P5 F PROCESS_FAIL                  -> SUCCESS, CHENGDU is told PROCESS_FAIL, TNG holds nothing

## A higher cap counts from the next payment on; the postings stay as they are.
wallet    TNG MYR cap 200.00 fee 10bp
scan      P4 by ANNA at TNG                  -> SUCCESS 60.00 MYR, TNG holds 60.06 MYR
notify    P4 S                               -> SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 100.10 MYR
order     P6 79.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P6 by ANNA at TNG                  -> SUCCESS 49.38 MYR, TNG holds 49.43 MYR
prove                                        -> balanced
