-- Refunds and their undoing are attempts about another one; receipt numbers
-- that follow a sale; what came late, or in another coin; what is doubted.
ALTER TABLE attempts ADD COLUMN of             TEXT    NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN coin           TEXT    NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN late           INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN receipt        TEXT    NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN receipt_due    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN receipt_stored INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN receipt_code   TEXT    NOT NULL DEFAULT '';
-- An answer came by which it happened although its state says that it did not.
ALTER TABLE attempts ADD COLUMN doubted        INTEGER NOT NULL DEFAULT 0;
-- As the events tell it: money that came after the invoice had expired.
UPDATE attempts SET late = 1 WHERE id IN (
  SELECT x.attempt FROM events x JOIN events y ON y.attempt = x.attempt AND y.seq > x.seq
  WHERE x.type = 'watched' AND x.payload ->> 'to' = 'expired'
    AND y.type = 'watched' AND y.payload ->> 'to' IN ('approved', 'partly_paid'));
CREATE INDEX attempts_of ON attempts (of) WHERE of <> '';
CREATE INDEX attempts_receipt_due ON attempts (row) WHERE state = 'approved' AND (receipt_due = 1 OR receipt <> '' AND receipt_stored = 0);
CREATE INDEX attempts_receipt ON attempts (receipt) WHERE receipt <> '';
