# Paying with an order code

## The till shows a code. It is good for three minutes, and whoever scans it sees the amount in both currencies before anything is paid.
wallet    TNG MYR cap 5000.00 spread 50bp fee 10bp
acquirer  CHENGDU CNY fee 20bp interchange 30bp
rate      MYR/CNY 1.60
order     P1 120.00 CNY                      -> PAYMENT_IN_PROCESS, shows a code
order     P1 120.00 CNY                      -> PAYMENT_IN_PROCESS, shows a code
order     P1 121.00 CNY                      -> REPEAT_REQ_INCONSISTENT
scan      P1 by ANNA at TNG                  -> SUCCESS 75.38 MYR, TNG holds 75.46 MYR
inquire   P1                                 -> PAYMENT_IN_PROCESS

## The visitor consents; the wallet debits and tells. The till is told at once.
notify    P1 S                               -> SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 75.24 MYR
inquire   P1                                 -> SUCCESS
scan      P1 by ANNA at TNG                  -> ORDER_IS_CLOSED
postings  P1
          principal                 position:TNG:MYR       to fx:MYR                     75.00 MYR
          spread                    position:TNG:MYR       to spread:MYR                  0.38 MYR
          settlement                fx:CNY                 to position:CHENGDU:CNY      120.00 CNY
          acquirer_service_fee      position:CHENGDU:CNY   to fees:CNY                    0.24 CNY
          wallet_service_fee        position:TNG:MYR       to fees:MYR                    0.08 MYR
          interchange_from_acquirer position:CHENGDU:CNY   to fx:CNY                      0.36 CNY
          interchange_to_wallet     fx:MYR                 to position:TNG:MYR            0.22 MYR

## The visitor says no.
order     P2 50.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P2 by ANNA at TNG                  -> SUCCESS 31.41 MYR, TNG holds 31.44 MYR
notify    P2 F USER_PAYMENT_VERIFICATION_FAILED -> SUCCESS, CHENGDU is told USER_PAYMENT_VERIFICATION_FAILED, TNG holds nothing
inquire   P2                                 -> USER_PAYMENT_VERIFICATION_FAILED

## A wallet that debited and could not tell is asked, and tells the truth then.
order     P3 80.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P3 by ANNA at TNG                  -> SUCCESS 50.25 MYR, TNG holds 50.30 MYR
decide    P3 S
wait      3 s                                -> TNG is asked how it stands, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 125.39 MYR

## One order code belongs to one customer of a wallet.
order     P4 10.00 CNY                       -> PAYMENT_IN_PROCESS, shows a code
scan      P4 by ANNA at TNG                  -> SUCCESS 6.28 MYR, TNG holds 6.29 MYR
scan      P4 by BELLA at TNG                 -> REPEAT_REQ_INCONSISTENT
notify    P4 S                               -> SUCCESS, CHENGDU is told SUCCESS, TNG holds nothing, TNG owes 131.66 MYR

customer  ANNA at TNG                        -> paid 131.91 MYR
prove                                        -> balanced
