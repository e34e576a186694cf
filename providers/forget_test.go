package providers

import "testing"

func TestPersonalDataOfWhatIsNotOverIsKept(t *testing.T) {
	customer := Personal{PreApproval: "6199203001", Mobile: "0412345678", Email: "kim@example.com", Message: "Approved"}
	for _, state := range States {
		for _, c := range []struct {
			name string
			a    Attempt
			kept bool
		}{
			{"as it is", Attempt{State: state, Personal: customer}, !state.Final() && state != Expired},
			{"contradicted", Attempt{State: state, Contradicted: true, Personal: customer}, true},
			{"perhaps double", Attempt{State: state, PossibleDouble: true, Personal: customer}, true},
		} {
			after, err := Apply(c.a, Event{Seq: 9, Type: EventForgotten})
			if (err != nil) != c.kept || c.a.Forgettable() == c.kept {
				t.Errorf("%s, %s: %v", state, c.name, err)
			}
			if want := (Personal{}); err == nil && (after.Personal != want || after.State != state || after.Seq != 9) {
				t.Errorf("%s, %s: %+v is left", state, c.name, after)
			}
		}
	}
}
