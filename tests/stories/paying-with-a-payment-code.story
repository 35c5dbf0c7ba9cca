# Paying with a payment code

## A visitor from Malaysia shows a code, the till of a noodle shop in Chengdu scans it. The wallet is charged in ringgit at the middle rate plus 50 basis points, and the whole of it is held on the wallet's position before the wallet is asked.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
code      C1 for ANNA at TNG                 -> SUCCESS
pay       P1 120.00 CNY with C1              -> waits, TNG is asked to pay 75.38 MYR, TNG holds 75.46 MYR
answer    P1 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 75.24 MYR
postings  P1
          principal                 position:TNG:MYR       to fx:MYR                     75.00 MYR
          spread                    position:TNG:MYR       to spread:MYR                  0.38 MYR
          settlement                fx:CNY                 to position:CHENGDU:CNY      120.00 CNY
          acquirer_service_fee      position:CHENGDU:CNY   to fees:CNY                    0.24 CNY
          wallet_service_fee        position:TNG:MYR       to fees:MYR                    0.08 MYR
          interchange_from_acquirer position:CHENGDU:CNY   to fx:CNY                      0.36 CNY
          interchange_to_wallet     fx:MYR                 to position:TNG:MYR            0.22 MYR

## The same id with the same terms is answered with the same payment, and nobody is charged again. The same id with other terms is refused.
pay       P1 120.00 CNY with C1              -> SUCCESS
pay       P1 130.00 CNY with C1              -> REPEAT_REQ_INCONSISTENT
inquire   P1                                 -> SUCCESS
customer  ANNA at TNG                        -> paid 75.38 MYR

## A wallet that declines says why; the till hears the same reason, and the hold is let go.
code      C2 for ANNA at TNG                 -> SUCCESS
pay       P2 300.00 CNY with C2              -> waits, TNG is asked to pay 188.44 MYR, TNG holds 188.63 MYR
answer    P2 F USER_BALANCE_NOT_ENOUGH       -> CHENGDU is answered USER_BALANCE_NOT_ENOUGH, CHENGDU is told USER_BALANCE_NOT_ENOUGH, TNG holds nothing
inquire   P2                                 -> USER_BALANCE_NOT_ENOUGH
postings  P2
          none

## A wallet also tells what it has answered; that counts once.
code      C3 for ANNA at TNG                 -> SUCCESS
pay       P3 16.00 CNY with C3               -> waits, TNG is asked to pay 10.05 MYR, TNG holds 10.06 MYR
answer    P3 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 85.27 MYR
notify    P3 S                               -> SUCCESS
notify    P3 S                               -> SUCCESS

## In the end every account can be explained by the postings.
customer  ANNA at TNG                        -> paid 85.43 MYR
balances
          fees:CNY                  credit        0.27 CNY
          fx:CNY                    debit       135.59 CNY
          position:CHENGDU:CNY      credit      135.32 CNY
          fees:MYR                  credit        0.09 MYR
          fx:MYR                    credit       84.75 MYR
          position:TNG:MYR          debit        85.27 MYR
          spread:MYR                credit        0.43 MYR
prove                                        -> balanced
