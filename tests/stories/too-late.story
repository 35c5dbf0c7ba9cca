# Too late

## Nobody scans the order code within its three minutes: the order is closed.
wallet TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer CHENGDU CNY fee 20bp interchange 30bp
rate MYR/CNY 1.60
order P1 120.00 CNY
wait 170 s
wait 15 s
inquire P1
scan P1 by ANNA at TNG

## The order is scanned and never confirmed. At its end the wallet is asked a last time, the order is closed, the hold goes, and the wallet is told to cancel.
order P2 120.00 CNY
scan P2 by ANNA at TNG
wait 3 min
inquire P2

## The wallet debits all the same and tells too late. The success never counts: the wallet is told to give the money back, and the till never hears of it.
notify P2 S
inquire P2
postings P2
customer ANNA at TNG

## A payment code that was paid too late. The wallet does not answer for a minute, the till is told that the payment is closed, and then the wallet comes back with a success.
code C3 for BELLA at TNG
pay P3 40.00 CNY with C3
away TNG
answer P3 S
wait 90 s
inquire P3
customer BELLA at TNG

## While the wallet is away it is told again and again to cancel, until it has.
back TNG
wait 2 min
customer BELLA at TNG
balances
prove
