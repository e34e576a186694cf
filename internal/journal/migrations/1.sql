-- Times are whole nanoseconds since 1970, UTC; 0 is "never".
-- Money is a whole number of minor units.

CREATE TABLE facts (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened, in order. The chain: mac covers everything in the line and
-- the mac of the line before.
CREATE TABLE events (
  seq     INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  type    TEXT    NOT NULL,
  attempt TEXT    NOT NULL, -- '' for events of the counter
  payload TEXT    NOT NULL, -- JSON, without personal data
  digest  BLOB    NOT NULL, -- HMAC(salt, personal data), empty if there is none
  mac     BLOB    NOT NULL
) STRICT;
CREATE INDEX events_attempt ON events (attempt, seq) WHERE attempt <> '';
CREATE INDEX events_counter ON events (type, at) WHERE attempt = '';

CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT raise(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT raise(ABORT, 'events are never deleted'); END;

-- The personal data of an event. A row can go, with its salt, without
-- breaking the chain; it never changes.
CREATE TABLE personal (
  seq    INTEGER PRIMARY KEY, -- of the event
  salt   BLOB NOT NULL,
  data   BLOB NOT NULL, -- JSON
  kept   BLOB NOT NULL, -- the exact bytes of a request that may be sent again
  record BLOB NOT NULL  -- the body without secrets
) STRICT;
CREATE TRIGGER personal_no_update BEFORE UPDATE ON personal
BEGIN SELECT raise(ABORT, 'personal data is removed, never changed'); END;

-- One row for each attempt: its events, folded.
CREATE TABLE attempts (
  row            INTEGER PRIMARY KEY, -- seq of the event that recorded it
  id             TEXT    NOT NULL UNIQUE,
  sale           TEXT    NOT NULL,
  reference      TEXT    NOT NULL UNIQUE,
  provider       TEXT    NOT NULL,
  kind           TEXT    NOT NULL,
  state          TEXT    NOT NULL,
  amount_minor   INTEGER NOT NULL,
  currency       TEXT    NOT NULL,
  decimals       INTEGER NOT NULL,
  finance_minor  INTEGER NOT NULL,
  code           TEXT    NOT NULL,
  reason         TEXT    NOT NULL,
  provider_ref   TEXT    NOT NULL,
  link           TEXT    NOT NULL,
  expires_at     INTEGER NOT NULL,
  received       TEXT    NOT NULL,
  shortfall      TEXT    NOT NULL,
  confirming     INTEGER NOT NULL,
  commission_min TEXT    NOT NULL,
  commission_max TEXT    NOT NULL,
  operator       TEXT    NOT NULL,
  session        TEXT    NOT NULL,
  counter        TEXT    NOT NULL,
  test           INTEGER NOT NULL,
  created_at     INTEGER NOT NULL,
  sent_at        INTEGER NOT NULL,
  answered_at    INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  sends          INTEGER NOT NULL,
  seq            INTEGER NOT NULL, -- of its newest event
  closed         INTEGER NOT NULL,
  settled        INTEGER NOT NULL,
  contradicted   INTEGER NOT NULL,
  aside          INTEGER NOT NULL,
  key_suspected  INTEGER NOT NULL,
  possible_double INTEGER NOT NULL
) STRICT;
CREATE INDEX attempts_sale ON attempts (sale);
CREATE INDEX attempts_session ON attempts (session);
CREATE INDEX attempts_operator ON attempts (operator);
CREATE INDEX attempts_state ON attempts (state);
CREATE INDEX attempts_created ON attempts (created_at);
CREATE INDEX attempts_provider_ref ON attempts (provider_ref) WHERE provider_ref <> '';
CREATE INDEX attempts_contradicted ON attempts (row) WHERE contradicted = 1;
CREATE INDEX attempts_possible_double ON attempts (row) WHERE possible_double = 1;
CREATE INDEX attempts_expired ON attempts (iif(expires_at = 0, answered_at, expires_at)) WHERE state = 'expired';

CREATE TRIGGER attempts_no_delete BEFORE DELETE ON attempts
BEGIN SELECT raise(ABORT, 'attempts are never deleted'); END;

-- The personal part of an attempt's row.
CREATE TABLE people (
  row          INTEGER PRIMARY KEY,
  pre_approval TEXT NOT NULL,
  bare_code    TEXT NOT NULL, -- pre_approval without the common 6199
  mobile       TEXT NOT NULL,
  email        TEXT NOT NULL,
  message      TEXT NOT NULL
) STRICT;
CREATE INDEX people_bare_code ON people (bare_code) WHERE bare_code <> '';

-- What the search looks through: one lower-case text for each attempt, and
-- its trigrams.
CREATE TABLE wording (
  row  INTEGER PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE trigrams USING fts5 (
  text, content = 'wording', content_rowid = 'row', tokenize = 'trigram', detail = full
);
-- What leaves the wording leaves the index at once, not at some later merge.
INSERT INTO trigrams (trigrams, rank) VALUES ('secure-delete', 1);
