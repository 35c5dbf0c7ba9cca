# Paying with a payment code

## A visitor from Malaysia shows a code, the till of a noodle shop in Chengdu scans it. The wallet is charged in ringgit at the middle rate plus 50 basis points, and the whole of it is held on the wallet's position before the wallet is asked.
wallet TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer CHENGDU CNY fee 20bp interchange 30bp
rate MYR/CNY 1.60
code C1 for ANNA at TNG
pay P1 120.00 CNY with C1
answer P1 S
postings P1

## The same id with the same terms is answered with the same payment, and nobody is charged again. The same id with other terms is refused.
pay P1 120.00 CNY with C1
pay P1 130.00 CNY with C1
inquire P1
customer ANNA at TNG

## A wallet that declines says why; the till hears the same reason, and the hold is let go.
code C2 for ANNA at TNG
pay P2 300.00 CNY with C2
answer P2 F USER_BALANCE_NOT_ENOUGH
inquire P2
postings P2

## A wallet may also tell before it answers. It counts once.
code C3 for ANNA at TNG
pay P3 16.00 CNY with C3
notify P3 S
answer P3 S
notify P3 S

## In the end every account can be explained by the postings.
customer ANNA at TNG
balances
prove
