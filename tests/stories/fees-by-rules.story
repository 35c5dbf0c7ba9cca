# Fees by dated rules

## An acquirer has agreed to 30 bp of interchange and 20 bp of service fee, a wallet to 10 bp. Two persons put a set of rules in force: the cheaper interchange of order codes is for everybody, and payment codes have a minimum.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
fee       codes interchange 12bp product order_code
fee       least interchange 30bp product payment_code currency CNY minimum 0.50 maximum 3.00
fee       tng wallet_service_fee 25bp wallet TNG
propose   V1 in 60 s by LI                   -> proposed
approve   V1 by LI                           -> own_proposal
approve   V1 by WANG                         -> approved

## Before its time nothing is different. An order that is placed before keeps the fees of that time, though it is paid later.
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
order     P2 120.00 CNY                      -> PAYMENT_IN_PROCESS, shows a code
wait      60 s
scan      P2 by ANNA at TNG                  -> SUCCESS 75.38 MYR, TNG holds 75.46 MYR
notify    P2 S                               -> SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 150.48 MYR
postings  P2
          principal                 position:TNG:MYR       to fx:MYR                     75.00 MYR
          spread                    position:TNG:MYR       to spread:MYR                  0.38 MYR
          settlement                fx:CNY                 to position:CHENGDU:CNY      120.00 CNY
          acquirer_service_fee      position:CHENGDU:CNY   to fees:CNY                    0.24 CNY
          wallet_service_fee        position:TNG:MYR       to fees:MYR                    0.08 MYR
          interchange_from_acquirer position:CHENGDU:CNY   to fx:CNY                      0.36 CNY
          interchange_to_wallet     fx:MYR                 to position:TNG:MYR            0.22 MYR

## From its time on the rule that says most about a payment wins.
order     P3 120.00 CNY                      -> PAYMENT_IN_PROCESS, shows a code
scan      P3 by ANNA at TNG                  -> SUCCESS 75.38 MYR, TNG holds 75.57 MYR
notify    P3 S                               -> SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 225.96 MYR
postings  P3
          principal                 position:TNG:MYR       to fx:MYR                     75.00 MYR
          spread                    position:TNG:MYR       to spread:MYR                  0.38 MYR
          settlement                fx:CNY                 to position:CHENGDU:CNY      120.00 CNY
          acquirer_service_fee      position:CHENGDU:CNY   to fees:CNY                    0.24 CNY
          wallet_service_fee        position:TNG:MYR       to fees:MYR                    0.19 MYR
          interchange_from_acquirer position:CHENGDU:CNY   to fx:CNY                      0.14 CNY
          interchange_to_wallet     fx:MYR                 to position:TNG:MYR            0.09 MYR
code      C4 for ANNA at TNG                 -> SUCCESS
pay       P4 120.00 CNY with C4              -> waits, TNG is asked to pay 75.38 MYR, TNG holds 75.57 MYR
answer    P4 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 301.22 MYR
postings  P4
          principal                 position:TNG:MYR       to fx:MYR                     75.00 MYR
          spread                    position:TNG:MYR       to spread:MYR                  0.38 MYR
          settlement                fx:CNY                 to position:CHENGDU:CNY      120.00 CNY
          acquirer_service_fee      position:CHENGDU:CNY   to fees:CNY                    0.24 CNY
          wallet_service_fee        position:TNG:MYR       to fees:MYR                    0.19 MYR
          interchange_from_acquirer position:CHENGDU:CNY   to fx:CNY                      0.50 CNY
          interchange_to_wallet     fx:MYR                 to position:TNG:MYR            0.31 MYR

## A refund in parts returns the interchange of the payment to the cent, minimum and all, and no service fee.
refund    R1 P4 40.00 CNY                    -> SUCCESS, TNG is asked to refund 25.12 MYR, TNG owes 276.20 MYR
refund    R2 P4 40.00 CNY                    -> SUCCESS, TNG is asked to refund 25.13 MYR, TNG owes 251.18 MYR
refund    R3 P4 40.00 CNY                    -> SUCCESS, TNG is asked to refund 25.13 MYR, TNG owes 226.15 MYR
postings  R1
          principal                 fx:MYR                 to position:TNG:MYR           24.99 MYR
          spread                    spread:MYR             to position:TNG:MYR            0.13 MYR
          settlement                position:CHENGDU:CNY   to fx:CNY                     40.00 CNY
          interchange_from_acquirer fx:CNY                 to position:CHENGDU:CNY        0.17 CNY
          interchange_to_wallet     position:TNG:MYR       to fx:MYR                      0.10 MYR
postings  R2
          principal                 fx:MYR                 to position:TNG:MYR           25.01 MYR
          spread                    spread:MYR             to position:TNG:MYR            0.12 MYR
          settlement                position:CHENGDU:CNY   to fx:CNY                     40.00 CNY
          interchange_from_acquirer fx:CNY                 to position:CHENGDU:CNY        0.16 CNY
          interchange_to_wallet     position:TNG:MYR       to fx:MYR                      0.11 MYR
postings  R3
          principal                 fx:MYR                 to position:TNG:MYR           25.00 MYR
          spread                    spread:MYR             to position:TNG:MYR            0.13 MYR
          settlement                position:CHENGDU:CNY   to fx:CNY                     40.00 CNY
          interchange_from_acquirer fx:CNY                 to position:CHENGDU:CNY        0.17 CNY
          interchange_to_wallet     position:TNG:MYR       to fx:MYR                      0.10 MYR
prove                                        -> balanced
