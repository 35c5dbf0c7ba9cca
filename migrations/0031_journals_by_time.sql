-- A reader of a day takes it in thousands of parts. A scan of a BRIN index looks at every range of
-- pages of all history for each, and at whatever was written since it was last brought up to date.
-- A part found by a plain index costs the same however much history there is; journals of one tick
-- have one time, so it is small.
drop index journals_posted;
create index journals_posted on journals (posted_at);
