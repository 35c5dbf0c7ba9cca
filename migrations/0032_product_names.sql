-- The same rule without a regular expression, whose states the server builds anew at each insert
-- and each change of a payment: 7 of the 200 microseconds that a payment costs it.
alter table payments drop constraint payments_product_check;
alter table payments add constraint payments_product_check check (
  length(product) between 1 and 32 and ltrim(product, 'abcdefghijklmnopqrstuvwxyz_') = '');
