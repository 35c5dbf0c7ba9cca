# Codes name their wallet

## Six wallets, one for each prefix that a payment code may begin with. After the prefix comes the digit of the agreement and then the number that names the wallet: tills know it by that.
wallet    W25 MYR prefix 25 routing 101
wallet    W26 MYR prefix 26 routing 102
wallet    W27 MYR prefix 27 routing 103
wallet    W28 MYR prefix 28 routing 104
wallet    W29 MYR prefix 29 agreement 2 routing 105
wallet    W30 MYR prefix 30 routing 106
acquirer  CHENGDU CNY
rate      MYR/CNY 1.60

## A code of each is scanned and paid by the wallet that it names.
code      C25 for ANNA at W25                -> SUCCESS
begins    C25                                -> with 251101
pay       P25 16.00 CNY with C25             -> waits, W25 is asked to pay 10.00 MYR, W25 holds 10.00 MYR
answer    P25 S                              -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, W25 holds nothing, W25 owes 10.00 MYR
code      C26 for ANNA at W26                -> SUCCESS
begins    C26                                -> with 261102
pay       P26 16.00 CNY with C26             -> waits, W26 is asked to pay 10.00 MYR, W26 holds 10.00 MYR
answer    P26 S                              -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, W26 holds nothing, W26 owes 10.00 MYR
code      C27 for ANNA at W27                -> SUCCESS
begins    C27                                -> with 271103
pay       P27 16.00 CNY with C27             -> waits, W27 is asked to pay 10.00 MYR, W27 holds 10.00 MYR
answer    P27 S                              -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, W27 holds nothing, W27 owes 10.00 MYR
code      C28 for ANNA at W28                -> SUCCESS
begins    C28                                -> with 281104
pay       P28 16.00 CNY with C28             -> waits, W28 is asked to pay 10.00 MYR, W28 holds 10.00 MYR
answer    P28 S                              -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, W28 holds nothing, W28 owes 10.00 MYR
code      C29 for ANNA at W29                -> SUCCESS
begins    C29                                -> with 292105
pay       P29 16.00 CNY with C29             -> waits, W29 is asked to pay 10.00 MYR, W29 holds 10.00 MYR
answer    P29 S                              -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, W29 holds nothing, W29 owes 10.00 MYR
code      C30 for ANNA at W30                -> SUCCESS
begins    C30                                -> with 301106
pay       P30 16.00 CNY with C30             -> waits, W30 is asked to pay 10.00 MYR, W30 holds 10.00 MYR
answer    P30 S                              -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, W30 holds nothing, W30 owes 10.00 MYR

## Nothing else is taken: a prefix before or behind these, a number that names nobody, and the number of a wallet on a code that this wallet was not given.
code      C1 for ANNA at W25                 -> SUCCESS
invent    X24 like C1 with 241101
pay       Q24 16.00 CNY with X24             -> INVALID_CODE
invent    X31 like C1 with 311101
pay       Q31 16.00 CNY with X31             -> INVALID_CODE
invent    X1 like C1 with 251555
pay       Q1 16.00 CNY with X1               -> INVALID_CODE
invent    X2 like C1 with 261102
pay       Q2 16.00 CNY with X2               -> INVALID_CODE
pay       Q3 16.00 CNY with C1               -> waits, W25 is asked to pay 10.00 MYR, W25 holds 10.00 MYR
answer    Q3 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, W25 holds nothing, W25 owes 20.00 MYR

## A wallet gets another prefix and another number. What its customers show already is good for its minute; new codes begin with the new ones.
code      C2 for ANNA at W25                 -> SUCCESS
wallet    W25 MYR prefix 30 routing 107
pay       R1 16.00 CNY with C2               -> waits, W25 is asked to pay 10.00 MYR, W25 holds 10.00 MYR
answer    R1 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, W25 holds nothing, W25 owes 30.00 MYR
code      C3 for ANNA at W25                 -> SUCCESS
begins    C3                                 -> with 301107
pay       R2 16.00 CNY with C3               -> waits, W25 is asked to pay 10.00 MYR, W25 holds 10.00 MYR
answer    R2 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, W25 holds nothing, W25 owes 40.00 MYR

## A wallet of which nothing is said has 28, 1 and the lowest number that nobody has.
wallet    NEW MYR
code      C4 for ANNA at NEW                 -> SUCCESS
begins    C4                                 -> with 281001
pay       R3 16.00 CNY with C4               -> waits, NEW is asked to pay 10.00 MYR, NEW holds 10.00 MYR
answer    R3 S                               -> CHENGDU is answered SUCCESS, CHENGDU is told SUCCESS, NEW holds nothing, NEW owes 10.00 MYR
prove                                        -> balanced
