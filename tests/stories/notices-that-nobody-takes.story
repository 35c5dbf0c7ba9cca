# Notices that nobody takes

## An acquirer is away for two days. It is told ten times in 24 hours and 23 minutes; then the notice is given up, and kept.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
deaf      CHENGDU
code      C1 for ANNA at TNG                 -> SUCCESS
pay       P1 120.00 CNY with C1              -> waits, TNG is asked to pay 75.38 MYR, TNG holds 75.46 MYR
answer    P1 S                               -> CHENGDU is answered SUCCESS, TNG holds nothing, TNG owes 75.24 MYR
wait      10 s
notices   CHENGDU
          P1    waiting   1 timeout
move      5 s
move      30 s
move      2 min
move      10 min
move      10 min
notices   CHENGDU
          P1    waiting   6 timeout
move      1 h
move      2 h
move      6 h
notices   CHENGDU
          P1    waiting   9 timeout
move      15 h
notices   CHENGDU
          P1    given_up  10 timeout

## It never goes out by itself again. Somebody sends it by hand, and it is taken.
hears     CHENGDU
move      24 h
replay    P1                                 -> replayed
wait      2 s                                -> CHENGDU is told SUCCESS
notices   CHENGDU
          P1    taken     10 timeout, 1 taken

## An acknowledgement without a signature says nothing: the notice is repeated until a signed one comes.
unsigned  CHENGDU
code      C2 for ANNA at TNG                 -> SUCCESS
pay       P2 16.00 CNY with C2               -> waits, TNG is asked to pay 10.05 MYR, TNG holds 10.06 MYR
answer    P2 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 85.27 MYR
wait      40 s                               -> CHENGDU is told SUCCESS 2 times
notices   CHENGDU
          P2    waiting   3 missing_header
          P1    taken     10 timeout, 1 taken
signs     CHENGDU
move      2 min                              -> CHENGDU is told SUCCESS
notices   CHENGDU
          P1    taken     10 timeout, 1 taken
          P2    taken     3 missing_header, 1 taken

## All that was given up for one acquirer goes out at once; without an acknowledgement the schedule begins anew.
deaf      CHENGDU
code      C3 for ANNA at TNG                 -> SUCCESS
pay       P3 16.00 CNY with C3               -> waits, TNG is asked to pay 10.05 MYR, TNG holds 10.06 MYR
answer    P3 S                               -> CHENGDU is answered SUCCESS, TNG holds nothing, TNG owes 95.30 MYR
code      C4 for BELLA at TNG                -> SUCCESS
pay       P4 16.00 CNY with C4               -> waits, TNG is asked to pay 10.05 MYR, TNG holds 10.06 MYR
answer    P4 S                               -> CHENGDU is answered SUCCESS, TNG holds nothing, TNG owes 105.33 MYR
wait      10 s
move      5 s
move      30 s
move      2 min
move      10 min
move      10 min
move      1 h
move      2 h
move      6 h
move      15 h
replay    CHENGDU                            -> 2 replayed
wait      10 s
notices   CHENGDU
          P3    waiting   11 timeout
          P4    waiting   11 timeout
          P1    taken     10 timeout, 1 taken
          P2    taken     3 missing_header, 1 taken
hears     CHENGDU
wait      10 s                               -> CHENGDU is told SUCCESS 2 times
notices   CHENGDU
          P1    taken     10 timeout, 1 taken
          P2    taken     3 missing_header, 1 taken
          P3    taken     11 timeout, 1 taken
          P4    taken     11 timeout, 1 taken

## What was taken may be sent again too; a payment that has not ended has nothing to tell.
replay    P3                                 -> replayed
wait      2 s                                -> CHENGDU is told SUCCESS
order     P5 5.00 CNY                        -> PAYMENT_IN_PROCESS, shows a code
replay    P5                                 -> not_ended
prove                                        -> balanced
