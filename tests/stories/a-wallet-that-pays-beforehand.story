# A wallet that pays beforehand

## A wallet without credit puts money down. Two persons write it into the books, and it may owe as much as is there.
wallet    TNG MYR cap 0.00 fee 10bp
acquirer  CHENGDU CNY
rate      MYR/CNY 1.60
order     P1 96.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P1 by ANNA at TNG                  -> PAYMENT_AMOUNT_EXCEED_LIMIT
topup     TNG 100.00 MYR bank BK1 by LI+LI   -> same_person
topup     TNG 100.00 MYR bank BK1 by LI+WANG -> DONE
topup     TNG 100.00 MYR bank BK1 by LI+WANG -> DONE
scan      P1 by ANNA at TNG                  -> SUCCESS 60.00 MYR, TNG holds 60.06 MYR
watch     TNG                                -> cap 0.00, deposit 100.00, reached: 1

## What payments use cannot be withdrawn, and what they do not use can.
withdraw  TNG 50.00 MYR bank BK2 by LI+WANG  -> in_use, 39.94 are not
withdraw  TNG 10.00 MYR bank BK3 by LI+WANG  -> DONE
notify    P1 S                               -> SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 60.06 MYR
watch     TNG                                -> cap 0.00, deposit 90.00

## A level that is reached is written down, and so is its end. A new cap is for a day, and waits for it.
order     P2 40.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P2 by ANNA at TNG                  -> SUCCESS 25.00 MYR, TNG holds 25.02 MYR
watch     TNG                                -> cap 0.00, deposit 90.00, reached: 1
cap       TNG 50.00 MYR in 60 s by LI+WANG   -> APPROVED
watch     TNG                                -> cap 0.00, deposit 90.00
wait      60 s                               -> TNG is asked how it stands 5 times
watch     TNG                                -> cap 50.00, deposit 90.00, fell back: 1
scan      P2 by ANNA at TNG                  -> SUCCESS 25.00 MYR
notify    P2 F PROCESS_FAIL                  -> SUCCESS, CHENGDU is told PROCESS_FAIL, TNG holds nothing
prove                                        -> balanced
