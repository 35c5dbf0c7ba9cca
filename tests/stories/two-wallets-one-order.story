# Two wallets, one order

## Two visitors scan the same code. The first success wins; the other wallet is told to cancel.
wallet TNG MYR cap 5000.00 spread 50bp fee 10bp
wallet KAKAO KRW cap 5000000 spread 50bp
acquirer CHENGDU CNY fee 20bp interchange 30bp
rate MYR/CNY 1.60
rate CNY/KRW 200
order P1 120.00 CNY
scan P1 by ANNA at TNG
scan P1 by MINJI at KAKAO
notify P1 S at KAKAO
notify P1 S at TNG
customer ANNA at TNG
customer MINJI at KAKAO

## One of two declines: the order stays open for the other.
order P2 60.00 CNY
scan P2 by ANNA at TNG
scan P2 by MINJI at KAKAO
notify P2 F USER_BALANCE_NOT_ENOUGH at TNG
inquire P2
notify P2 S at KAKAO
inquire P2

## A wallet says no and changes its mind. The first word counts: the money goes back to the visitor.
order P3 60.00 CNY
scan P3 by ANNA at TNG
notify P3 F RISK_REJECT
notify P3 S
inquire P3
customer ANNA at TNG

## The other way round, success is final too, and the contradiction is refused.
order P4 60.00 CNY
scan P4 by ANNA at TNG
notify P4 S
notify P4 F RISK_REJECT
inquire P4
prove
