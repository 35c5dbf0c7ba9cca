# Paying with an order code

## The till shows a code. It is good for three minutes, and whoever scans it sees the amount in both currencies before anything is paid.
wallet TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer CHENGDU CNY fee 20bp interchange 30bp
rate MYR/CNY 1.60
order P1 120.00 CNY
order P1 120.00 CNY
order P1 121.00 CNY
scan P1 by ANNA at TNG
inquire P1

## The visitor consents; the wallet debits and tells. The till is told at once.
notify P1 S
inquire P1
scan P1 by ANNA at TNG
postings P1

## The visitor says no.
order P2 50.00 CNY
scan P2 by ANNA at TNG
notify P2 F USER_PAYMENT_VERIFICATION_FAILED
inquire P2

## A wallet that debited and could not tell is asked, and tells the truth then.
order P3 80.00 CNY
scan P3 by ANNA at TNG
decide P3 S
wait 3 s

## One order code belongs to one customer of a wallet.
order P4 10.00 CNY
scan P4 by ANNA at TNG
scan P4 by BELLA at TNG
notify P4 S

customer ANNA at TNG
prove
