# An unknown result

## The wallet says that it is not sure yet. The till waits eight seconds for an answer and is then told that the payment is in process; the wallet is asked again after 2, 4, 4 and 10 seconds, until it knows.
wallet TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer CHENGDU CNY fee 20bp interchange 30bp
rate MYR/CNY 1.60
code C1 for ANNA at TNG
pay P1 120.00 CNY with C1
answer P1 U
wait 9 s
inquire P1
decide P1 S
wait 12 s
inquire P1

## The wallet debits, and its answer is lost on the way. Nothing is assumed: the money stays held until an inquiry brings the truth.
code C2 for ANNA at TNG
pay P2 120.00 CNY with C2
away TNG
answer P2 S
wait 8 s
back TNG
wait 8 s
inquire P2

## The wallet declines, and that answer is lost too.
code C3 for ANNA at TNG
pay P3 120.00 CNY with C3
away TNG
answer P3 F RISK_REJECT
wait 8 s
back TNG
wait 8 s
inquire P3

## An acquirer that does not take its notice is told again: after 5 and 30 seconds, 2 minutes, 10 minutes.
deaf CHENGDU
code C4 for ANNA at TNG
pay P4 16.00 CNY with C4
answer P4 S
wait 60 s
hears CHENGDU
wait 3 min

customer ANNA at TNG
prove
