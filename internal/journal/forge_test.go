package journal

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// forgery inserts a row that cashdesk never wrote.
func forgery(b *bench, r *rand.Rand, _ int64) tampering {
	return []func(*bench, *rand.Rand) tampering{
		forgedAtTheEnd, forgedBetween, forgedBefore, forgedAttempt, forgedPersonal, forgedPeople, forgedWording, forgedFact,
	}[r.IntN(8)](b, r)
}

// copied is the statement that copies an event to another number. Its MAC is a
// copy too, or one that was made with another key.
func copied(r *rand.Rand) string {
	mac := "mac"
	if r.IntN(2) == 0 {
		mac = "randomblob(32)"
	}
	return "INSERT INTO events SELECT ?, at, type, attempt, payload, digest, " + mac + " FROM events WHERE seq = ?"
}

func forgedAtTheEnd(b *bench, r *rand.Rand) tampering {
	from, end := b.tables["events"].some(r), int64(len(b.tables["events"].rows))
	out := tampering{what: fmt.Sprintf("a copy of event %d at the end", from), first: end + 1}
	out.add(copied(r), end+1, from)
	return out
}

// forgedBetween makes room for the forged event: all later ones move up.
func forgedBetween(b *bench, r *rand.Rand) tampering {
	from, at := b.tables["events"].pair(r)
	if r.IntN(2) == 0 {
		from, at = at, from
	}
	out := tampering{what: fmt.Sprintf("a copy of event %d before event %d", from, at), first: at}
	out.add("UPDATE events SET seq = -seq WHERE seq >= ?", at)
	out.add("UPDATE events SET seq = 1 - seq WHERE seq < 0")
	if from >= at {
		from++
	}
	out.add(copied(r), at, from)
	return out
}

func forgedBefore(b *bench, r *rand.Rand) tampering {
	from := b.tables["events"].some(r)
	out := tampering{what: fmt.Sprintf("a copy of event %d before the first", from), first: 1}
	out.add(copied(r), -r.Int64N(9), from)
	return out
}

func forgedAttempt(b *bench, r *rand.Rand) tampering {
	from := b.tables["attempts"].some(r)
	out := tampering{what: fmt.Sprintf("a copy of attempt %d", from), attempt: fmt.Sprintf("%026d", r.Int64())}
	out.add("INSERT INTO attempts SELECT 1000, ?, sale, 'R1000', "+strings.Join(columns[3:], ", ")+" FROM attempts WHERE row = ?", out.attempt, from)
	return out
}

// forgedPersonal gives data to an event that has none, or to none at all.
func forgedPersonal(b *bench, r *rand.Rand) tampering {
	from, to := b.tables["personal"].some(r), b.tables["events"].some(r)
	for slices.Contains(b.tables["personal"].numbers(), to) {
		to = b.tables["events"].some(r)
	}
	out := tampering{what: fmt.Sprintf("personal data of event %d for event %d", from, to), first: to}
	if r.IntN(3) == 0 {
		to, out.first = 1000+to, 0
	}
	out.add("INSERT INTO personal SELECT ?, salt, data, kept, record FROM personal WHERE seq = ?", to, from)
	return out
}

// forgedPeople gives a customer, or an empty row, to the attempt whose data was
// removed, or to none.
func forgedPeople(b *bench, r *rand.Rand) tampering {
	out := tampering{what: "a forged row of people"}
	from := b.tables["people"].some(r)
	to := int64(1000)
	if r.IntN(2) == 0 {
		to = b.tables["attempts"].rows[0][0].(int64)
	}
	if r.IntN(2) == 0 {
		out.add("INSERT INTO people VALUES (?, '', '', '', '', '')", to)
		return out
	}
	if to < 1000 {
		b.expect(&out, "people", to)
	}
	out.add("INSERT INTO people SELECT ?, pre_approval, bare_code, mobile, email, message FROM people WHERE row = ?", to, from)
	return out
}

func forgedWording(b *bench, r *rand.Rand) tampering {
	out := tampering{what: "a forged search text"}
	out.add("INSERT INTO wording SELECT 1000, text FROM wording WHERE row = ?", b.tables["wording"].some(r))
	return out
}

func forgedFact(_ *bench, r *rand.Rand) tampering {
	out := tampering{what: "other facts"}
	text := []string{
		"INSERT INTO facts VALUES ('more', x'00')", "DELETE FROM facts WHERE name = 'check'",
		"UPDATE facts SET value = randomblob(32) WHERE name = 'id'", "UPDATE facts SET value = CAST('live' AS BLOB) WHERE name = 'mode'",
		"UPDATE facts SET value = randomblob(32) WHERE name = 'check'",
	}[r.IntN(5)]
	out.add(text)
	return out
}
