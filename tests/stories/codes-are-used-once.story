# Codes are used once

## A payment code lives for a minute and is good for one payment request.
wallet TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer CHENGDU CNY
acquirer HANGZHOU CNY
rate MYR/CNY 1.60
code C1 for ANNA at TNG
pay P1 16.00 CNY with C1 at CHENGDU
answer P1 F USER_BALANCE_NOT_ENOUGH
pay P2 16.00 CNY with C1 at CHENGDU
pay P1 16.00 CNY with C1 at HANGZHOU
pay P1 16.00 CNY with C1 at CHENGDU

## It is used up even by a payment that the network refuses.
code C2 for ANNA at TNG
pay P3 9000.00 CNY with C2 at CHENGDU
pay P4 16.00 CNY with C2 at CHENGDU

## After its minute it is too old.
code C3 for ANNA at TNG
wait 59 s
pay P5 16.00 CNY with C3 at CHENGDU
answer P5 S
code C4 for ANNA at TNG
wait 60 s
pay P6 16.00 CNY with C4 at CHENGDU

## What is no code of this network is not known.
pay P7 16.00 CNY with 281006020000000000125733 at CHENGDU
prove
