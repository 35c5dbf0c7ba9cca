-- Further products of issue 3: what an order with a page has beside the order itself.

-- Products are one table of the code (src/payments/products.ts); a list here would be a second one.
alter table payments drop constraint if exists payments_product_check;
alter table payments add constraint payments_product_check check (product ~ '^[a-z_]{1,32}$');

-- Written once, for orders that came with any of it; never for user-presented payments, whose path
-- it must not lengthen.
create table payment_pages (
  lane smallint not null,
  payment_number bigint not null,
  -- Where the visitor is sent back after paying.
  redirect_url text,
  -- The regions whose wallets may pay, separated by spaces; null is all of them.
  wallet_regions text,
  presentment_mode text check (presentment_mode in ('UNIFIED', 'TILE', 'BUNDLE')),
  primary key (lane, payment_number)
);

-- Where a wallet takes its customers over from a merchant's page or app; a wallet without a row has
-- no cashier. Reference data, as participants are.
create table wallet_cashiers (
  participant_id text primary key references participants,
  -- The order code is appended to each of these addresses.
  normal_url text not null,
  scheme_url text,
  applink_url text,
  app_identifier text,
  logo_url text,
  -- Whether its customers can also scan the code that a desktop shows.
  scans_codes boolean not null
);
