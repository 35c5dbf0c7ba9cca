# A wallet's cap

## What a wallet may owe is bounded. The cap counts what it owes and what is held.
wallet TNG MYR cap 100.00 fee 10bp
acquirer CHENGDU CNY
rate MYR/CNY 1.60
code C1 for ANNA at TNG
pay P1 96.00 CNY with C1
code C2 for BELLA at TNG
pay P2 64.00 CNY with C2

## What is not needed is free at once: the first payment fails, and a second fits.
answer P1 F USER_BALANCE_NOT_ENOUGH
code C3 for BELLA at TNG
pay P3 64.00 CNY with C3
answer P3 S

## Order codes are held when they are scanned.
order P4 96.00 CNY
scan P4 by ANNA at TNG
order P5 90.00 CNY
scan P5 by ANNA at TNG
notify P5 F PROCESS_FAIL

## A higher cap counts from the next payment on; the postings stay as they are.
wallet TNG MYR cap 200.00 fee 10bp
scan P4 by ANNA at TNG
notify P4 S
order P6 79.00 CNY
scan P6 by ANNA at TNG
prove
