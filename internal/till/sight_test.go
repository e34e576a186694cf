package till

import (
	"context"
	"testing"
	"time"

	"cashdesk/keystore"
	"cashdesk/providers"
)

func TestWhoeverLooksAfterAPaymentIsToldHowItEnded(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	early := c.begin(sale(12550, "6199010203")) // Tom's, finished before Ann came
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(early.ID, providers.Approved)
	late := c.begin(sale(8900, "6199010204")) // Tom's, finished after
	c.oxipay.gets()

	c.clock.jump(time.Minute)
	ann := Session{ID: "S3", Operator: "ann", Name: "Ann", Role: keystore.Operator, Since: c.clock.Now()}
	if _, err := c.till.Detail(ctx, ann, late.ID); err != nil {
		t.Errorf("while it is on its way: %v", err)
	}
	c.oxipay.answers <- declined
	c.becomes(late.ID, providers.Declined)
	if _, err := c.till.Detail(ctx, ann, late.ID); err != nil {
		t.Errorf("it ended while Ann was there: %v", err)
	}
	if _, err := c.till.Detail(ctx, ann, early.ID); providers.KindOf(err) != providers.Forbidden {
		t.Errorf("it ended before Ann came: %v", err)
	}
}
